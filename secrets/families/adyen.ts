import type { Family } from '../family.ts';

export const adyen: Family = {
  name: 'adyen',
  title: 'Adyen',
  source: 'https://docs.adyen.com/development-resources/api-credentials/',
  words: ['adyen'],
  rules: [
    { id: 'key', kind: 'key', keywords: ['AQE'], pattern: /AQE[a-z]h[A-Za-z0-9+/=-]{60,300}/ },
  ],
};
