import type { RuleCases } from '../rule-cases.ts';

export const cases: RuleCases = {
  rule: 'image-reference',
  same: [
    ['Docker Hub', 'kubernetes:v1/Pod', { spec: { containers: [{ name: 'c', image: 'nginx' }] } }, { spec: { containers: [{ name: 'c', image: 'docker.io/library/nginx:latest' }] } }],
    ['somebody on Docker Hub', 'kubernetes_pod', { image: 'me/app:1' }, { image: 'index.docker.io/me/app:1' }],
  ],
  different: [
    ['another tag', 'kubernetes_pod', { image: 'nginx:1.25' }, { image: 'nginx:1.26' }],
    ['no tag is not any tag', 'kubernetes_pod', { image: 'nginx' }, { image: 'nginx:1.26' }],
    ['another registry', 'kubernetes_pod', { image: 'nginx' }, { image: 'quay.io/library/nginx:latest' }],
    ['a tag against a digest', 'kubernetes_pod', { image: 'nginx:1' }, { image: 'nginx:1@sha256:0000000000000000000000000000000000000000000000000000000000000000' }],
    ['an image of a machine', 'google_compute_instance', { image: 'debian' }, { image: 'debian:latest' }],
  ],
};
