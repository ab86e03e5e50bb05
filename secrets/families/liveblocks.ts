import type { Family } from '../family.ts';

export const liveblocks: Family = {
  name: 'liveblocks',
  title: 'Liveblocks',
  source: 'https://liveblocks.io/docs',
  words: ['liveblocks'],
  rules: [
    { id: 'key', kind: 'key', keywords: ['sk_prod_', 'sk_dev_'], pattern: /sk_(?:prod|dev)_[A-Za-z0-9_-]{40,80}/ },
  ],
};
