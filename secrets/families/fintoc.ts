import type { Family } from '../family.ts';

export const fintoc: Family = {
  name: 'fintoc',
  title: 'Fintoc',
  source: 'https://docs.fintoc.com/docs/authentication',
  words: ['fintoc'],
};
