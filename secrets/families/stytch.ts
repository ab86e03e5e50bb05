import type { Family } from '../family.ts';

export const stytch: Family = {
  name: 'stytch',
  title: 'Stytch',
  source: 'https://stytch.com/docs/api',
  words: ['stytch'],
  rules: [
    { id: 'secret', kind: 'key', keywords: ['secret-'], pattern: /secret-(?:test|live)-[A-Za-z0-9_=-]{36}/ },
  ],
};
