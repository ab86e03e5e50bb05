import type { Family } from '../family.ts';

export const monnify: Family = {
  name: 'monnify',
  title: 'Monnify',
  source: 'https://developers.monnify.com/docs/get-started',
  words: ['monnify'],
  rules: [
    { id: 'api-key', kind: 'key', keywords: ['MK_PROD_', 'MK_TEST_'], pattern: /MK_(?:PROD|TEST)_[A-Z0-9]{10,20}/ },
  ],
};
