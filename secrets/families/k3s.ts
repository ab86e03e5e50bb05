import type { Family } from '../family.ts';

export const k3s: Family = {
  name: 'k3s',
  title: 'K3s',
  source: 'https://docs.k3s.io/cli/token',
  rules: [
    { id: 'token', keywords: ['K10'], pattern: /K10[a-f0-9]{64}::[a-z:]{1,40}[A-Za-z0-9]{16,80}/ },
  ],
};
