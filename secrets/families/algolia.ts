import type { Family } from '../family.ts';

export const algolia: Family = {
  name: 'algolia',
  title: 'Algolia',
  source: 'https://www.algolia.com/doc/guides/security/api-keys/',
  words: ['algolia'],
};
