import type { Family } from '../family.ts';

export const infisical: Family = {
  name: 'infisical',
  title: 'Infisical',
  source: 'https://infisical.com/docs/documentation/platform/token',
  words: ['infisical'],
  rules: [
    { id: 'token', keywords: ['st.'], pattern: /st\.[a-f0-9]{24}\.[a-f0-9]{32}\.[a-f0-9]{32}/ },
  ],
};
