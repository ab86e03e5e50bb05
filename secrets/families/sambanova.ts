import type { Family } from '../family.ts';

export const sambanova: Family = {
  name: 'sambanova',
  title: 'SambaNova',
  source: 'https://docs.sambanova.ai',
  words: ['sambanova'],
};
