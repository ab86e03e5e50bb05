import type { Family } from '../family.ts';

export const scaleway: Family = {
  name: 'scaleway',
  title: 'Scaleway',
  source: 'https://www.scaleway.com/en/docs/iam/how-to/create-api-keys/',
  words: ['scaleway'],
  rules: [
    { id: 'access-key', kind: 'key', keywords: ['SCW'], pattern: /SCW[A-Z0-9]{17}/, checks: ['letters-and-digits'] },
  ],
};
