import type { Family } from '../family.ts';

export const mollie: Family = {
  name: 'mollie',
  title: 'Mollie',
  source: 'https://docs.mollie.com/reference/authentication',
  words: ['mollie'],
  rules: [
    {
      id: 'key',
      kind: 'key',
      keywords: ['live_', 'test_', 'access_'],
      pattern: /(?:live|test)_[A-Za-z0-9]{30}(?![A-Za-z0-9])|access_[A-Za-z0-9]{30,50}/,
      checks: ['mixed'],
    },
  ],
};
