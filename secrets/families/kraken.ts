import type { Family } from '../family.ts';

export const kraken: Family = {
  name: 'kraken',
  title: 'Kraken',
  source: 'https://docs.kraken.com/api/',
  words: ['kraken'],
};
