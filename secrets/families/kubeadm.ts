import type { Family } from '../family.ts';

export const kubeadm: Family = {
  name: 'kubeadm',
  title: 'kubeadm',
  source: 'https://kubernetes.io/docs/reference/access-authn-authz/bootstrap-tokens/',
  rules: [
    {
      id: 'bootstrap-token',
      keywords: ['--token', 'token:', 'token='],
      near: [0, 30],
      pattern: /(?<![a-z0-9.])[a-z0-9]{6}\.[a-z0-9]{16}(?![a-z0-9.])/,
      checks: ['letters-and-digits'],
    },
  ],
};
