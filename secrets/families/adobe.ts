import type { Family } from '../family.ts';

export const adobe: Family = {
  name: 'adobe',
  title: 'Adobe',
  source: 'https://developer.adobe.com/developer-console/docs/guides/authentication/',
  words: ['adobe'],
  rules: [
    { id: 'client-secret', kind: 'key', keywords: ['p8e-', 'p8-'], pattern: /p8e?-[A-Za-z0-9_-]{32,64}/ },
  ],
};
