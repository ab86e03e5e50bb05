import type { Family } from '../family.ts';

export const lichess: Family = {
  name: 'lichess',
  title: 'Lichess',
  source: 'https://lichess.org/api',
  words: ['lichess'],
  rules: [
    { id: 'token', keywords: ['lip_', 'lio_'], pattern: /li[po]_[A-Za-z0-9]{20,40}/ },
  ],
};
