import type { Family } from '../family.ts';

export const workos: Family = {
  name: 'workos',
  title: 'WorkOS',
  source: 'https://workos.com/docs',
  words: ['workos'],
  rules: [
    { id: 'key', kind: 'key', keywords: ['sk_live_', 'sk_test_'], pattern: /sk_(?:live|test)_[A-Za-z0-9]{20,120}/ },
  ],
};
