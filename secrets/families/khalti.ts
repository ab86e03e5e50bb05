import type { Family } from '../family.ts';

export const khalti: Family = {
  name: 'khalti',
  title: 'Khalti',
  source: 'https://docs.khalti.com/khalti-epayment/',
  words: ['khalti'],
  rules: [
    { id: 'secret-key', kind: 'key', keywords: ['live_secret_key_', 'test_secret_key_'], pattern: /(?:live|test)_secret_key_[a-f0-9]{32}/ },
  ],
};
