import type { Family } from '../family.ts';

export const scalr: Family = {
  name: 'scalr',
  title: 'Scalr',
  source: 'https://docs.scalr.io',
  words: ['scalr'],
};
