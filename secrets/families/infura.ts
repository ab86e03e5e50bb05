import type { Family } from '../family.ts';

export const infura: Family = {
  name: 'infura',
  title: 'Infura',
  source: 'https://docs.infura.io',
  words: ['infura'],
};
