import type { Family } from '../family.ts';

export const friendli: Family = {
  name: 'friendli',
  title: 'Friendli',
  source: 'https://friendli.ai/docs',
  words: ['friendli'],
  rules: [
    { id: 'token', keywords: ['flp_'], pattern: /flp_[A-Za-z0-9]{40,60}/ },
  ],
};
