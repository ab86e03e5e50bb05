import type { Family } from '../family.ts';

export const deepinfra: Family = {
  name: 'deepinfra',
  title: 'DeepInfra',
  source: 'https://deepinfra.com/docs',
  words: ['deepinfra'],
};
