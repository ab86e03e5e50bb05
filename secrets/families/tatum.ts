import type { Family } from '../family.ts';

export const tatum: Family = {
  name: 'tatum',
  title: 'Tatum',
  source: 'https://docs.tatum.io',
  words: ['tatumio'],
  rules: [
    { id: 'key', kind: 'key', keywords: ['tatum'], near: [0, 60], pattern: /(?<![A-Za-z0-9])t-[a-f0-9]{24}-[a-f0-9]{24}/ },
  ],
};
