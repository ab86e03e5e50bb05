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
      keywords: ['truenas', 'login_with_api_key', 'bearer'],
      near: [0, 120],
      pattern: /(?<![A-Za-z0-9-])\d{1,3}-[A-Za-z0-9]{64}(?![A-Za-z0-9])/,
      checks: ['mixed'],
    },
  ],
};
