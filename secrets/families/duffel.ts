import type { Family } from '../family.ts';

export const duffel: Family = {
  name: 'duffel',
  title: 'Duffel',
  source: 'https://duffel.com/docs/api/overview/authentication',
  words: ['duffel'],
  rules: [
    { id: 'token', keywords: ['duffel_'], pattern: /duffel_(?:test|live)_[A-Za-z0-9_=-]{43}/ },
  ],
};
