import type { Family } from '../family.ts';

export const highnote: Family = {
  name: 'highnote',
  title: 'Highnote',
  source: 'https://highnote.com/docs',
  words: ['highnote'],
  rules: [
    {
      id: 'key',
      kind: 'key',
      keywords: ['sk_live_', 'sk_test_', 'rk_live_', 'rk_test_'],
      pattern: /[sr]k_(?:live|test)_[A-Za-z0-9=]{10,200}/,
    },
  ],
};
