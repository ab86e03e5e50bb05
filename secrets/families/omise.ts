import type { Family } from '../family.ts';

export const omise: Family = {
  name: 'omise',
  title: 'Omise',
  source: 'https://docs.opn.ooo',
  words: ['omise'],
  rules: [
    { id: 'key', kind: 'key', keywords: ['skey_', 'pkey_'], pattern: /[sp]key_(?:test_)?[a-z0-9]{17,24}/, checks: ['letters-and-digits'] },
  ],
};
