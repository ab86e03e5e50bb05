import type { Family } from '../family.ts';

export const rockset: Family = {
  name: 'rockset',
  title: 'Rockset',
  source: 'https://docs.rockset.com/documentation/docs/rest-api',
  words: ['rockset'],
};
