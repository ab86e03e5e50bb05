import type { Family } from '../family.ts';

export const laravel: Family = {
  name: 'laravel',
  title: 'Laravel',
  source: 'https://laravel.com/docs/12.x/encryption#configuration',
  words: ['laravel'],
  rules: [
    { id: 'app-key', kind: 'key', keywords: ['base64:'], pattern: /base64:(?<secret>[A-Za-z0-9+/]{43}=)/ },
  ],
};
