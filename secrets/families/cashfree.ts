import type { Family } from '../family.ts';

export const cashfree: Family = {
  name: 'cashfree',
  title: 'Cashfree',
  source: 'https://docs.cashfree.com',
  words: ['cashfree'],
  rules: [
    { id: 'key', kind: 'key', keywords: ['cfsk_ma_'], pattern: /cfsk_ma_(?:prod|test)_[a-f0-9]{32}_[a-f0-9]{8}/ },
  ],
};
