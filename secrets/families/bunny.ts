import type { Family } from '../family.ts';

export const bunny: Family = {
  name: 'bunny',
  title: 'bunny.net',
  source: 'https://docs.bunny.net/reference/bunnynet-api-overview',
  words: ['bunnycdn', 'bunnynet'],
};
