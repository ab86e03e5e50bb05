import type { Family } from '../family.ts';

export const bittrex: Family = {
  name: 'bittrex',
  title: 'Bittrex',
  source: 'https://bittrex.github.io/api/v3',
  words: ['bittrex'],
};
