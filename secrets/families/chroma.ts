import type { Family } from '../family.ts';

export const chroma: Family = {
  name: 'chroma',
  title: 'Chroma',
  source: 'https://docs.trychroma.com/cloud/getting-started',
  words: ['chromadb'],
  rules: [
    { id: 'api-key', kind: 'key', keywords: ['ck-'], pattern: /ck-[A-Za-z0-9]{40,60}/ },
  ],
};
