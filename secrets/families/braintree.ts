import type { Family } from '../family.ts';

export const braintree: Family = {
  name: 'braintree',
  title: 'Braintree',
  source: 'https://developer.paypal.com/braintree/docs/',
  words: ['braintree'],
  rules: [
    { id: 'access-token', keywords: ['access_token$'], pattern: /access_token\$(?:production|sandbox)\$[a-z0-9]{12,20}\$[a-z0-9]{28,40}/ },
  ],
};
