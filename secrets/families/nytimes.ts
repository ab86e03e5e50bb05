import type { Family } from '../family.ts';

export const nytimes: Family = {
  name: 'nytimes',
  title: 'The New York Times',
  source: 'https://developer.nytimes.com',
  words: ['nytimes', 'newyorktimes'],
};
