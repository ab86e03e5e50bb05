import type { Family } from '../family.ts';

export const teamwork: Family = {
  name: 'teamwork',
  title: 'Teamwork',
  source: 'https://apidocs.teamwork.com',
  words: ['teamworkcrm'],
  rules: [
    { id: 'token', keywords: ['tkn.v1_'], pattern: /tkn\.v1_[A-Za-z0-9=_-]{60,90}/ },
  ],
};
