import type { RuleCases } from '../rule-cases.ts';

export const cases: RuleCases = {
  rule: 'kubernetes-server-fields',
  same: [
    ['status and version', 'kubernetes:v1/Pod', { metadata: { name: 'a' } }, { metadata: { name: 'a', resourceVersion: '7', uid: 'u' }, status: { phase: 'Running' } }],
    ['annotations of the server', 'kubernetes:v1/Pod', { metadata: {} }, { metadata: { annotations: { 'kubectl.kubernetes.io/last-applied-configuration': '{}' } } }],
  ],
  different: [
    ['another annotation beside it', 'kubernetes:v1/Pod', { metadata: {} }, { metadata: { annotations: { mine: 'x', 'deployment.kubernetes.io/revision': '2' } } }],
    ['a status deep inside', 'kubernetes:example.com/v1/Thing', { spec: { status: 'on' } }, { spec: { status: 'off' } }],
    ['a label', 'kubernetes:v1/Pod', { metadata: { labels: { uid: 'a' } } }, { metadata: { labels: { uid: 'b' } } }],
  ],
};
