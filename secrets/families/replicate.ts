import type { Family } from '../family.ts';

export const replicate: Family = {
  name: 'replicate',
  title: 'Replicate',
  source: 'https://replicate.com/docs/reference/http#authentication',
  words: ['replicate'],
  rules: [
    { id: 'token', keywords: ['r8_'], pattern: /r8_[A-Za-z0-9]{37,40}/ },
  ],
};
