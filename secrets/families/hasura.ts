import type { Family } from '../family.ts';

export const hasura: Family = {
  name: 'hasura',
  title: 'Hasura',
  source: 'https://hasura.io/docs/',
  words: ['hasura'],
};
