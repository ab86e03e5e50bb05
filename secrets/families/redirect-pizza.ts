import type { Family } from '../family.ts';

export const redirectPizza: Family = {
  name: 'redirect-pizza',
  title: 'redirect.pizza',
  source: 'https://redirect.pizza/docs',
  words: ['redirectpizza'],
  rules: [
    { id: 'token', keywords: ['rpa_'], pattern: /rpa_[A-Za-z0-9]{40,60}/ },
  ],
};
