import type { Family } from '../family.ts';

export const storyblok: Family = {
  name: 'storyblok',
  title: 'Storyblok',
  source: 'https://www.storyblok.com/docs',
  words: ['storyblok'],
};
