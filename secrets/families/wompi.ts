import type { Family } from '../family.ts';

export const wompi: Family = {
  name: 'wompi',
  title: 'Wompi',
  source: 'https://docs.wompi.co/en/docs/colombia/ambientes-y-llaves/',
  words: ['wompi'],
  rules: [
    { id: 'private-key', kind: 'key', keywords: ['prv_prod_', 'prv_test_', 'prod_integrity_', 'test_integrity_', 'prod_events_', 'test_events_'], pattern: /(?:prv_(?:prod|test)|(?:prod|test)_(?:integrity|events))_[A-Za-z0-9]{24,48}/ },
  ],
};
