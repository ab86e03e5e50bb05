import type { Family } from '../family.ts';

export const qdrant: Family = {
  name: 'qdrant',
  title: 'Qdrant',
  source: 'https://qdrant.tech/documentation',
  words: ['qdrant'],
};
