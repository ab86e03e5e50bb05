import type { Family } from '../family.ts';

export const apideck: Family = {
  name: 'apideck',
  title: 'Apideck',
  source: 'https://developers.apideck.com',
  words: ['apideck'],
  rules: [
    { id: 'key', kind: 'key', keywords: ['sk_live_', 'sk_sandbox_'], pattern: /sk_(?:live|sandbox|test)_[A-Za-z0-9-]{30,93}/ },
  ],
};
