import type { Family } from '../family.ts';

export const fauna: Family = {
  name: 'fauna',
  title: 'Fauna',
  source: 'https://docs.fauna.com',
  words: ['faunadb'],
  rules: [
    { id: 'key', kind: 'key', keywords: ['fnA'], pattern: /fnA[A-Za-z0-9_-]{37,41}/, checks: ['mixed'] },
  ],
};
