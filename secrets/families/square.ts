import type { Family } from '../family.ts';

export const square: Family = {
  name: 'square',
  title: 'Square',
  source: 'https://developer.squareup.com/docs/build-basics/access-tokens',
  words: ['squareup'],
  rules: [
    { id: 'access-token', keywords: ['EAAA'], pattern: /EAAA[A-Za-z0-9_-]{60}(?![A-Za-z0-9_-])/ },
    { id: 'oauth-secret', kind: 'key', keywords: ['sq0'], pattern: /sq0[a-z]{3}-[A-Za-z0-9_-]{22,60}/ },
  ],
};
