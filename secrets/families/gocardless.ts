import type { Family } from '../family.ts';

export const gocardless: Family = {
  name: 'gocardless',
  title: 'GoCardless',
  source: 'https://developer.gocardless.com/api-reference/',
  words: ['gocardless'],
  rules: [
    { id: 'token', keywords: ['live_', 'sandbox_'], pattern: /(?:live|sandbox)_[A-Za-z0-9_=-]{40}/, checks: ['letters-and-digits'] },
  ],
};
