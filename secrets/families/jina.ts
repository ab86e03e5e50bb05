import type { Family } from '../family.ts';

export const jina: Family = {
  name: 'jina',
  title: 'Jina AI',
  source: 'https://jina.ai/api-dashboard',
  words: ['jina'],
  rules: [
    { id: 'key', kind: 'key', keywords: ['jina_'], pattern: /jina_[A-Za-z0-9_-]{50,70}/ },
  ],
};
