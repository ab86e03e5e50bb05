import type { Family } from '../family.ts';

export const fillout: Family = {
  name: 'fillout',
  title: 'Fillout',
  source: 'https://www.fillout.com/help/fillout-rest-api',
  words: ['fillout'],
  rules: [
    { id: 'api-key', kind: 'key', keywords: ['sk_prod_'], pattern: /sk_prod_[A-Za-z0-9_]{40,160}/ },
  ],
};
