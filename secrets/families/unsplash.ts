import type { Family } from '../family.ts';

export const unsplash: Family = {
  name: 'unsplash',
  title: 'Unsplash',
  source: 'https://unsplash.com/documentation',
  words: ['unsplash'],
};
