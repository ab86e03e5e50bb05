import type { Family } from '../family.ts';

export const abstract: Family = {
  name: 'abstract',
  title: 'Abstract API',
  source: 'https://docs.abstractapi.com',
  words: ['abstractapi'],
};
