import type { Family } from '../family.ts';

export const cohere: Family = {
  name: 'cohere',
  title: 'Cohere',
  source: 'https://docs.cohere.com',
  words: ['cohere'],
};
