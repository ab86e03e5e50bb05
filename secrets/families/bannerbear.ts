import type { Family } from '../family.ts';

export const bannerbear: Family = {
  name: 'bannerbear',
  title: 'Bannerbear',
  source: 'https://developers.bannerbear.com',
  words: ['bannerbear'],
  rules: [
    { id: 'key', kind: 'key', keywords: ['bb_pr_', 'bb_ma_'], pattern: /bb_(?:pr|ma)_[a-f0-9]{30,32}/ },
  ],
};
