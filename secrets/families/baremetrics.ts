import type { Family } from '../family.ts';

export const baremetrics: Family = {
  name: 'baremetrics',
  title: 'Baremetrics',
  source: 'https://developers.baremetrics.com',
  words: ['baremetrics'],
  rules: [
    { id: 'key', kind: 'key', keywords: ['sk_', 'lk_'], pattern: /[sl]k_[A-Za-z0-9]{20,32}/, checks: ['letters-and-digits'] },
  ],
};
