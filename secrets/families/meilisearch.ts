import type { Family } from '../family.ts';

export const meilisearch: Family = {
  name: 'meilisearch',
  title: 'Meilisearch',
  source: 'https://www.meilisearch.com/docs',
  words: ['meilisearch'],
};
