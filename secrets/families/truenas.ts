import type { Family } from '../family.ts';

export const truenas: Family = {
  name: 'truenas',
  title: 'TrueNAS',
  source: 'https://www.truenas.com/docs/',
  words: ['truenas'],
  rules: [
    {
      id: 'key',
      kind: 'key',
      keywords: ['-'],
      near: [4, 70],
      pattern: /(?<![A-Za-z0-9-])\d{1,3}-[A-Za-z0-9]{64}(?![A-Za-z0-9])/,
      checks: ['mixed'],
    },
  ],
};
