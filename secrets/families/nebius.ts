import type { Family } from '../family.ts';

export const nebius: Family = {
  name: 'nebius',
  title: 'Nebius',
  source: 'https://docs.nebius.com/iam/authorization/access-tokens',
  words: ['nebius'],
  rules: [
    { id: 'token', keywords: ['v1.CmQ', 'ne1'], pattern: /(?:ne1|v1\.CmQ)[A-Za-z0-9_-]{40,800}/ },
  ],
};
