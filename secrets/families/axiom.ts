import type { Family } from '../family.ts';

export const axiom: Family = {
  name: 'axiom',
  title: 'Axiom',
  source: 'https://axiom.co/docs/reference/tokens',
  words: ['axiom'],
  rules: [
    { id: 'token', keywords: ['xaat-', 'xapt-'], pattern: /xa[ap]t-[a-f0-9]{8}-[a-f0-9]{4}-[a-f0-9]{4}-[a-f0-9]{4}-[a-f0-9]{12}/ },
  ],
};
