import type { Family } from '../family.ts';

export const morph: Family = {
  name: 'morph',
  title: 'Morph',
  source: 'https://docs.morphllm.com',
  words: ['morphllm'],
};
