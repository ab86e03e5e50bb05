import type { Family } from '../family.ts';

export const retool: Family = {
  name: 'retool',
  title: 'Retool',
  source: 'https://docs.retool.com/org-users/guides/retool-api',
  words: ['retool'],
  rules: [
    { id: 'token', keywords: ['retool_'], pattern: /retool_[a-z0-9]{20,60}/ },
  ],
};
