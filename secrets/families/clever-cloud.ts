import type { Family } from '../family.ts';

export const cleverCloud: Family = {
  name: 'clever-cloud',
  title: 'Clever Cloud',
  source: 'https://www.clever-cloud.com/developers/',
  words: ['clevercloud'],
};
