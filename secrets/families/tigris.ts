import type { Family } from '../family.ts';

export const tigris: Family = {
  name: 'tigris',
  title: 'Tigris',
  source: 'https://www.tigrisdata.com/docs/iam/',
  words: ['tigris'],
  rules: [
    { id: 'secret', kind: 'key', keywords: ['tsec_', 'tid_'], pattern: /(?:tsec|tid)_[A-Za-z0-9_-]{20,80}/ },
  ],
};
