import type { Family } from '../family.ts';

export const northflank: Family = {
  name: 'northflank',
  title: 'Northflank',
  source: 'https://northflank.com/docs',
  words: ['northflank'],
  rules: [
    { id: 'token', keywords: ['nf-'], pattern: /nf-eyJ[A-Za-z0-9_.-]{60,600}/ },
  ],
};
