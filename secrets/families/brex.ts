import type { Family } from '../family.ts';

export const brex: Family = {
  name: 'brex',
  title: 'Brex',
  source: 'https://developer.brex.com/docs/authentication/',
  words: ['brex'],
  rules: [
    { id: 'token', keywords: ['bxt_'], pattern: /bxt_[A-Za-z0-9]{20,80}/ },
  ],
};
