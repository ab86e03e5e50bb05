import type { Family } from '../family.ts';

export const drata: Family = {
  name: 'drata',
  title: 'Drata',
  source: 'https://developers.drata.com',
  words: ['drata'],
};
