import type { Family } from '../family.ts';

export const tatum: Family = {
  name: 'tatum',
  title: 'Tatum',
  source: 'https://docs.tatum.io',
  words: ['tatumio'],
  rules: [
    { id: 'key', kind: 'key', keywords: ['t-'], pattern: /t-[a-f0-9]{24}-[a-f0-9]{24}/ },
  ],
};
