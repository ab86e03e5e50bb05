import type { Family } from '../family.ts';

export const rapidApi: Family = {
  name: 'rapid-api',
  title: 'RapidAPI',
  source: 'https://docs.rapidapi.com/docs/keys',
  words: ['rapidapi'],
  rules: [
    {
      id: 'key',
      kind: 'key',
      keywords: ['rapidapi'],
      near: [0, 80],
      pattern: /(?<![A-Za-z0-9])[A-Za-z0-9]{10}msh[A-Za-z0-9]{15}p1[A-Za-z0-9]{5}jsn[A-Za-z0-9]{12}|(?<![A-Za-z0-9_-])[A-Za-z0-9_-]{50}(?![A-Za-z0-9_-])/,
    },
  ],
};
