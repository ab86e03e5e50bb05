import type { Family } from '../family.ts';

export const zuplo: Family = {
  name: 'zuplo',
  title: 'Zuplo',
  source: 'https://zuplo.com/docs',
  words: ['zuplo'],
  rules: [
    { id: 'key', kind: 'key', keywords: ['zpka_'], pattern: /zpka_[a-f0-9]{32}_[a-f0-9]{8}/ },
  ],
};
