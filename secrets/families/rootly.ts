import type { Family } from '../family.ts';

export const rootly: Family = {
  name: 'rootly',
  title: 'Rootly',
  source: 'https://docs.rootly.com',
  words: ['rootly'],
  rules: [
    { id: 'key', kind: 'key', keywords: ['rootly_'], pattern: /rootly_[a-f0-9]{60,70}/ },
  ],
};
