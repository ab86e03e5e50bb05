import type { Family } from '../family.ts';

export const recurly: Family = {
  name: 'recurly',
  title: 'Recurly',
  source: 'https://recurly.com/developers/reference/authentication/',
  words: ['recurly'],
};
