import type { Family } from '../family.ts';

export const jumpcloud: Family = {
  name: 'jumpcloud',
  title: 'JumpCloud',
  source: 'https://docs.jumpcloud.com',
  words: ['jumpcloud'],
  rules: [
    { id: 'key', kind: 'key', keywords: ['jca_'], pattern: /jca_[A-Za-z0-9]{36}/ },
  ],
};
