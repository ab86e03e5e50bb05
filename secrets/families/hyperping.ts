import type { Family } from '../family.ts';

export const hyperping: Family = {
  name: 'hyperping',
  title: 'Hyperping',
  source: 'https://hyperping.com/docs',
  words: ['hyperping'],
  rules: [
    { id: 'key', kind: 'key', keywords: ['sk_'], pattern: /sk_[a-f0-9]{32}/ },
  ],
};
