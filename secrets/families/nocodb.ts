import type { Family } from '../family.ts';

export const nocodb: Family = {
  name: 'nocodb',
  title: 'NocoDB',
  source: 'https://docs.nocodb.com/account-settings/api-tokens/',
  words: ['nocodb'],
  rules: [
    { id: 'token', keywords: ['nc_pat_'], pattern: /nc_pat_[A-Za-z0-9_-]{24,60}/ },
  ],
};
