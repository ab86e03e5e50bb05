import type { Family } from '../family.ts';

export const statuscake: Family = {
  name: 'statuscake',
  title: 'StatusCake',
  source: 'https://developers.statuscake.com',
  words: ['statuscake'],
};
