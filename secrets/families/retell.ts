import type { Family } from '../family.ts';

export const retell: Family = {
  name: 'retell',
  title: 'Retell AI',
  source: 'https://docs.retellai.com/accounts/manage-api-keys',
  words: ['retellai', 'retellapi'],
  rules: [
    { id: 'api-key', kind: 'key', keywords: ['key_'], pattern: /key_[a-f0-9]{24,40}/ },
  ],
};
