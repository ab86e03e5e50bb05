import type { Family } from '../family.ts';

export const typesense: Family = {
  name: 'typesense',
  title: 'Typesense',
  source: 'https://typesense.org/docs/latest/api/api-keys.html',
  words: ['typesense'],
};
