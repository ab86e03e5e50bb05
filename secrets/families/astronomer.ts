import type { Family } from '../family.ts';

export const astronomer: Family = {
  name: 'astronomer',
  title: 'Astronomer',
  source: 'https://www.astronomer.io/docs',
  words: ['astronomer'],
};
