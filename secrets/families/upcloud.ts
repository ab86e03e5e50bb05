import type { Family } from '../family.ts';

export const upcloud: Family = {
  name: 'upcloud',
  title: 'UpCloud',
  source: 'https://upcloud.com/docs',
  words: ['upcloud'],
  rules: [
    { id: 'token', keywords: ['ucat_'], pattern: /ucat_[A-Za-z0-9]{26,40}/ },
  ],
};
