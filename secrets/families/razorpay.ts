import type { Family } from '../family.ts';

export const razorpay: Family = {
  name: 'razorpay',
  title: 'Razorpay',
  source: 'https://razorpay.com/docs/api/authentication/',
  words: ['razorpay'],
  rules: [
    { id: 'key', kind: 'key', keywords: ['rzp_'], pattern: /rzp_(?:live|test)_[A-Za-z0-9]{14,24}/ },
  ],
};
