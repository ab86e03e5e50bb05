import type { Family } from '../family.ts';

export const valTown: Family = {
  name: 'val-town',
  title: 'Val Town',
  source: 'https://docs.val.town',
  words: ['valtown'],
  rules: [
    { id: 'token', keywords: ['vtwn_'], pattern: /vtwn_[A-Za-z0-9]{28,50}/ },
  ],
};
