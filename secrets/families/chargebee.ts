import type { Family } from '../family.ts';

export const chargebee: Family = {
  name: 'chargebee',
  title: 'Chargebee',
  source: 'https://apidocs.chargebee.com/docs/api/auth',
  words: ['chargebee'],
  rules: [
    { id: 'key', kind: 'key', keywords: ['live_', 'test_'], pattern: /(?:live|test)_[A-Za-z0-9]{32,36}(?![A-Za-z0-9])/, checks: ['mixed'] },
  ],
};
