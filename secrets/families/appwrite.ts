import type { Family } from '../family.ts';

export const appwrite: Family = {
  name: 'appwrite',
  title: 'Appwrite',
  source: 'https://appwrite.io/docs/advanced/platform/api-keys',
  words: ['appwrite'],
  rules: [
    { id: 'key', kind: 'key', keywords: ['standard_'], pattern: /standard_[a-f0-9]{120,260}/ },
  ],
};
