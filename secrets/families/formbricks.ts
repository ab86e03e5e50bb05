import type { Family } from '../family.ts';

export const formbricks: Family = {
  name: 'formbricks',
  title: 'Formbricks',
  source: 'https://formbricks.com/docs/api-reference/rest-api',
  words: ['formbricks'],
  rules: [
    { id: 'api-key', kind: 'key', keywords: ['fbk_'], pattern: /fbk_[A-Za-z0-9_-]{30,80}/ },
  ],
};
