import type { Family } from '../family.ts';

export const nylas: Family = {
  name: 'nylas',
  title: 'Nylas',
  source: 'https://developer.nylas.com/docs/v3/auth/',
  words: ['nylas'],
  rules: [
    { id: 'key', kind: 'key', keywords: ['nyk_'], pattern: /nyk_v0_[A-Za-z0-9]{60,80}/ },
  ],
};
