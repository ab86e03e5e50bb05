import type { Family } from '../family.ts';

export const thunderstore: Family = {
  name: 'thunderstore',
  title: 'Thunderstore',
  source: 'https://thunderstore.io/api/docs/',
  rules: [
    { id: 'token', keywords: ['tss_'], pattern: /tss_[A-Za-z0-9_-]{30,50}/ },
  ],
};
