import type { Family } from '../family.ts';

export const honeybadger: Family = {
  name: 'honeybadger',
  title: 'Honeybadger',
  source: 'https://docs.honeybadger.io/api/',
  words: ['honeybadger'],
  rules: [
    { id: 'token', keywords: ['hbp_', 'hbu_'], pattern: /hb[pu]_[A-Za-z0-9]{30,40}/ },
  ],
};
