import type { Family } from '../family.ts';

export const weaviate: Family = {
  name: 'weaviate',
  title: 'Weaviate',
  source: 'https://weaviate.io/developers',
  words: ['weaviate'],
};
