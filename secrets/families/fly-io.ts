import type { Family } from '../family.ts';

export const flyIo: Family = {
  name: 'fly-io',
  title: 'Fly.io',
  source: 'https://fly.io/docs/security/tokens/',
  words: ['flyio'],
  rules: [
    {
      id: 'token',
      keywords: ['fo1_', 'fm1a_', 'fm1r_', 'fm2_'],
      pattern: /fo1_[\w-]{40,60}|fm1[ar]_[A-Za-z0-9+/]{60,2000}={0,3}|fm2_[A-Za-z0-9+/]{60,2000}={0,3}/,
    },
  ],
};
