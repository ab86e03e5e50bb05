import type { Family } from '../family.ts';

export const deepl: Family = {
  name: 'deepl',
  title: 'DeepL',
  source: 'https://developers.deepl.com',
  words: ['deepl'],
  rules: [
    {
      id: 'key',
      kind: 'key',
      keywords: ['deepl'],
      near: [0, 80],
      pattern: /[a-f0-9]{8}-[a-f0-9]{4}-[a-f0-9]{4}-[a-f0-9]{4}-[a-f0-9]{12}(?::fx|:dp)?/,
    },
  ],
};
