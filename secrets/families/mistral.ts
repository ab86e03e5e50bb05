import type { Family } from '../family.ts';

export const mistral: Family = {
  name: 'mistral',
  title: 'Mistral AI',
  source: 'https://docs.mistral.ai',
  words: ['mistral'],
};
