import type { Family } from '../family.ts';

export const looker: Family = {
  name: 'looker',
  title: 'Looker',
  source: 'https://cloud.google.com/looker/docs/api-auth',
  words: ['looker'],
};
