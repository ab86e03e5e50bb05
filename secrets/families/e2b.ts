import type { Family } from '../family.ts';

export const e2b: Family = {
  name: 'e2b',
  title: 'E2B',
  source: 'https://e2b.dev/docs',
  rules: [
    { id: 'key', kind: 'key', keywords: ['e2b_', 'sk_e2b_'], pattern: /(?:sk_)?e2b_[a-f0-9]{40}/ },
  ],
};
