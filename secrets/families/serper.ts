import type { Family } from '../family.ts';

export const serper: Family = {
  name: 'serper',
  title: 'Serper',
  source: 'https://serper.dev/',
  words: ['serper'],
};
