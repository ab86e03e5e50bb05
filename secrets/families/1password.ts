import type { Family } from '../family.ts';

export const onePassword: Family = {
  name: '1password',
  title: '1Password',
  source: 'https://developer.1password.com/docs/service-accounts/',
  words: ['1password', 'onepassword'],
  rules: [
    { id: 'service-account-token', keywords: ['ops_eyJ'], pattern: /ops_eyJ[\w-]{80,2000}={0,3}/ },
    {
      id: 'secret-key',
      kind: 'key',
      keywords: ['A3-'],
      pattern: /A3-[A-Z0-9]{6}-(?:[A-Z0-9]{11}|[A-Z0-9]{6}-[A-Z0-9]{5})-[A-Z0-9]{5}-[A-Z0-9]{5}-[A-Z0-9]{5}/,
    },
  ],
};
