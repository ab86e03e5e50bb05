import type { Family } from '../family.ts';

export const codecov: Family = {
  name: 'codecov',
  title: 'Codecov',
  source: 'https://docs.codecov.com/docs/codecov-tokens',
  words: ['codecov'],
};
