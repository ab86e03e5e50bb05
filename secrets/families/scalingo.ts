import type { Family } from '../family.ts';

export const scalingo: Family = {
  name: 'scalingo',
  title: 'Scalingo',
  source: 'https://developers.scalingo.com',
  words: ['scalingo'],
  rules: [
    { id: 'token', keywords: ['tk-us-'], pattern: /tk-us-[A-Za-z0-9_-]{48}/ },
  ],
};
