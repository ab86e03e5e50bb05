import type { Family } from '../family.ts';

export const uploadcare: Family = {
  name: 'uploadcare',
  title: 'Uploadcare',
  source: 'https://uploadcare.com/docs/',
  words: ['uploadcare'],
};
