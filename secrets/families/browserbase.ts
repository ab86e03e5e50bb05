import type { Family } from '../family.ts';

export const browserbase: Family = {
  name: 'browserbase',
  title: 'Browserbase',
  source: 'https://docs.browserbase.com',
  words: ['browserbase'],
  rules: [
    { id: 'key', kind: 'key', keywords: ['bb_live_', 'bb_test_'], pattern: /bb_(?:live|test)_[A-Za-z0-9_-]{20,60}/ },
  ],
};
