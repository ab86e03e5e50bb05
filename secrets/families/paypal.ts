import type { Family } from '../family.ts';

export const paypal: Family = {
  name: 'paypal',
  title: 'PayPal',
  source: 'https://developer.paypal.com/api/rest/authentication/',
  words: ['paypal'],
  rules: [
    {
      id: 'client-credentials',
      kind: 'key',
      keywords: ['paypal'],
      near: [0, 120],
      pattern: /(?<![A-Za-z0-9_-])(?:A[A-Za-z0-9_-]{79}|E[A-Za-z0-9_-]{79})(?![A-Za-z0-9_-])/,
      checks: ['mixed'],
    },
  ],
};
