import type { Family } from '../family.ts';

export const pinecone: Family = {
  name: 'pinecone',
  title: 'Pinecone',
  source: 'https://docs.pinecone.io',
  words: ['pinecone'],
  rules: [
    { id: 'key', kind: 'key', keywords: ['pcsk_'], pattern: /pcsk_[A-Za-z0-9_]{50,90}/ },
  ],
};
