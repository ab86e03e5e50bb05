import type { Family } from '../family.ts';

export const plain: Family = {
  name: 'plain',
  title: 'Plain',
  source: 'https://www.plain.com/docs/api-reference/graphql/authentication',
  words: ['plainapi'],
  rules: [
    { id: 'api-key', kind: 'key', keywords: ['plainApiKey_'], pattern: /plainApiKey_[A-Za-z0-9_-]{30,160}/ },
  ],
};
