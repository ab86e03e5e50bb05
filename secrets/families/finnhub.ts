import type { Family } from '../family.ts';

export const finnhub: Family = {
  name: 'finnhub',
  title: 'Finnhub',
  source: 'https://finnhub.io/docs/api/authentication',
  words: ['finnhub'],
};
