import type { Family } from '../family.ts';

export const pendo: Family = {
  name: 'pendo',
  title: 'Pendo',
  source: 'https://engageapi.pendo.io',
  words: ['pendo'],
};
