import type { Family } from '../family.ts';

export const unkey: Family = {
  name: 'unkey',
  title: 'Unkey',
  source: 'https://www.unkey.com/docs',
  words: ['unkey'],
  rules: [
    { id: 'key', kind: 'key', keywords: ['unkey_'], pattern: /unkey_[A-Za-z0-9]{16,40}/ },
  ],
};
