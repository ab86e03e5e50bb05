import type { Family } from '../family.ts';

export const auth0: Family = {
  name: 'auth0',
  title: 'Auth0',
  source: 'https://auth0.com/docs/secure/tokens',
  words: ['auth0'],
};
