import type { Family } from '../family.ts';

export const bitly: Family = {
  name: 'bitly',
  title: 'Bitly',
  source: 'https://dev.bitly.com',
  words: ['bitly'],
};
