import type { Family } from '../family.ts';

export const dwolla: Family = {
  name: 'dwolla',
  title: 'Dwolla',
  source: 'https://developers.dwolla.com',
  words: ['dwolla'],
};
