import type { Family } from '../family.ts';

export const phrase: Family = {
  name: 'phrase',
  title: 'Phrase',
  source: 'https://developers.phrase.com',
};
