import type { Family } from '../family.ts';

export const gitbook: Family = {
  name: 'gitbook',
  title: 'GitBook',
  source: 'https://gitbook.com/docs/developers/gitbook-api/authentication',
  words: ['gitbook'],
  rules: [
    { id: 'token', keywords: ['gb_api_'], pattern: /gb_api_[A-Za-z0-9]{30,60}/ },
  ],
};
