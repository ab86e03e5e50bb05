import type { Family } from '../family.ts';

export const airtable: Family = {
  name: 'airtable',
  title: 'Airtable',
  source: 'https://airtable.com/developers/web/guides/personal-access-tokens',
  words: ['airtable'],
  rules: [
    { id: 'personal-access-token', keywords: ['pat'], pattern: /pat[A-Za-z0-9]{14}\.[a-f0-9]{64}/ },
  ],
};
