import type { Family } from '../family.ts';

export const xata: Family = {
  name: 'xata',
  title: 'Xata',
  source: 'https://xata.io/docs',
  words: ['xata'],
  rules: [
    { id: 'key', kind: 'key', keywords: ['xau_'], pattern: /xau_[A-Za-z0-9]{40,60}/ },
  ],
};
