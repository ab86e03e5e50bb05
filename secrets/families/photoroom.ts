import type { Family } from '../family.ts';

export const photoroom: Family = {
  name: 'photoroom',
  title: 'Photoroom',
  source: 'https://docs.photoroom.com',
  words: ['photoroom'],
  rules: [
    { id: 'key', kind: 'key', keywords: ['sk_pr_'], pattern: /sk_pr_[a-z0-9_]{2,20}_[a-f0-9]{40}/ },
  ],
};
