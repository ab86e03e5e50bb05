import type { Family } from '../family.ts';

export const quicknode: Family = {
  name: 'quicknode',
  title: 'QuickNode',
  source: 'https://www.quicknode.com/docs',
  words: ['quicknode'],
  rules: [
    { id: 'key', kind: 'key', keywords: ['QN_'], pattern: /QN_[a-f0-9]{32}/ },
  ],
};
