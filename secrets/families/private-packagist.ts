import type { Family } from '../family.ts';

export const privatePackagist: Family = {
  name: 'private-packagist',
  title: 'Private Packagist',
  source: 'https://packagist.com/docs',
  words: ['packagist'],
  rules: [
    { id: 'token', keywords: ['packagist_'], pattern: /packagist_(?:o?[a-z]{2,4}_)?[a-f0-9]{60,80}/ },
  ],
};
