import type { Family } from '../family.ts';

export const storj: Family = {
  name: 'storj',
  title: 'Storj',
  source: 'https://storj.dev/learn/concepts/access/access-grants',
  words: ['storj'],
  rules: [
    { id: 'access-grant', keywords: ['access_grant', 'accessgrant', 'uplink access'], near: [0, 60], pattern: /(?<![A-Za-z0-9])1[A-HJ-NP-Za-km-z1-9]{120,500}(?![A-Za-z0-9])/ },
  ],
};
