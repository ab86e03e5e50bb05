import type { Family } from '../family.ts';

export const mergify: Family = {
  name: 'mergify',
  title: 'Mergify',
  source: 'https://docs.mergify.com/api-usage/',
  words: ['mergify'],
  rules: [
    { id: 'application-key', kind: 'key', keywords: ['mergify_application_key_', 'mka_'], pattern: /(?:mergify_application_key_|mka_)[A-Za-z0-9_-]{24,100}/ },
  ],
};
