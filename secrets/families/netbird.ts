import type { Family } from '../family.ts';

export const netbird: Family = {
  name: 'netbird',
  title: 'NetBird',
  source: 'https://docs.netbird.io',
  words: ['netbird'],
  rules: [
    { id: 'token', keywords: ['nbp_'], pattern: /nbp_[A-Za-z0-9]{36}/ },
  ],
};
