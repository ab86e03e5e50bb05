import type { Family } from '../family.ts';

export const ilert: Family = {
  name: 'ilert',
  title: 'iLert',
  source: 'https://api.ilert.com/api-docs/',
  words: ['ilert'],
  rules: [
    { id: 'key', kind: 'key', keywords: ['il1api', 'il1hbt'], pattern: /il1(?:api|hbt)[a-f0-9]{40,64}/ },
  ],
};
