import type { Family } from '../family.ts';

export const cloudsmith: Family = {
  name: 'cloudsmith',
  title: 'Cloudsmith',
  source: 'https://help.cloudsmith.io',
  words: ['cloudsmith'],
  rules: [
    { id: 'key', kind: 'key', keywords: ['csa_'], pattern: /csa_[A-Za-z0-9]{32,48}/ },
  ],
};
