import type { Family } from '../family.ts';

export const lob: Family = {
  name: 'lob',
  title: 'Lob',
  source: 'https://docs.lob.com',
  rules: [
    { id: 'key', kind: 'key', keywords: ['live_', 'test_'], pattern: /(?:live|test)_(?:pub_)?[a-f0-9]{31,40}/ },
  ],
};
