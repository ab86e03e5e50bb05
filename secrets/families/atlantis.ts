import type { Family } from '../family.ts';

export const atlantis: Family = {
  name: 'atlantis',
  title: 'Atlantis',
  source: 'https://www.runatlantis.io/docs',
  words: ['atlantis_gh'],
};
