import type { Family } from '../family.ts';

export const notion: Family = {
  name: 'notion',
  title: 'Notion',
  source: 'https://developers.notion.com/docs/authorization',
  words: ['notion'],
  rules: [
    { id: 'token', keywords: ['ntn_'], pattern: /ntn_[A-Za-z0-9]{43,50}/ },
    { id: 'internal-secret', keywords: ['secret_'], pattern: /secret_[A-Za-z0-9]{43}/ },
  ],
};
