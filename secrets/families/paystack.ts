import type { Family } from '../family.ts';

export const paystack: Family = {
  name: 'paystack',
  title: 'Paystack',
  source: 'https://paystack.com/docs/api/authentication/',
  words: ['paystack'],
  rules: [
    { id: 'key', kind: 'key', keywords: ['sk_live_', 'sk_test_'], pattern: /sk_(?:live|test)_[A-Za-z0-9]{40}/ },
  ],
};
