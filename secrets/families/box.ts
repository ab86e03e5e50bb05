import type { Family } from '../family.ts';

export const box: Family = {
  name: 'box',
  title: 'Box',
  source: 'https://developer.box.com/guides/authentication/',
  words: ['boxapi'],
};
