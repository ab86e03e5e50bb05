import type { Family } from '../family.ts';

export const anyscale: Family = {
  name: 'anyscale',
  title: 'Anyscale',
  source: 'https://docs.anyscale.com',
  words: ['anyscale'],
  rules: [
    { id: 'token', keywords: ['aph0_'], pattern: /aph0_[A-Za-z0-9_-]{20,120}/ },
    { id: 'key', kind: 'key', keywords: ['esecret_'], pattern: /esecret_[A-Za-z0-9]{20,60}/ },
  ],
};
