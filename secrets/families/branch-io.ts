import type { Family } from '../family.ts';

export const branchIo: Family = {
  name: 'branch-io',
  title: 'Branch',
  source: 'https://help.branch.io',
  words: ['branchio'],
  rules: [
    {
      id: 'key',
      kind: 'key',
      keywords: ['key_live_', 'key_test_', 'secret_live_', 'secret_test_'],
      pattern: /(?:key|secret)_(?:live|test)_[A-Za-z0-9]{28,64}/,
    },
  ],
};
