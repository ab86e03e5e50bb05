import type { Family } from '../family.ts';

export const checkly: Family = {
  name: 'checkly',
  title: 'Checkly',
  source: 'https://www.checklyhq.com/docs/accounts-and-users/creating-api-key/',
  words: ['checkly'],
  rules: [
    { id: 'key', kind: 'key', keywords: ['cu_'], pattern: /cu_[a-f0-9]{32}/ },
  ],
};
