import type { Family } from '../family.ts';

export const loggly: Family = {
  name: 'loggly',
  title: 'Loggly',
  source: 'https://documentation.solarwinds.com',
  words: ['loggly'],
};
