import type { Family } from '../family.ts';

export const configcat: Family = {
  name: 'configcat',
  title: 'ConfigCat',
  source: 'https://configcat.com/docs/',
  words: ['configcat'],
  rules: [
    {
      id: 'sdk-key',
      kind: 'key',
      keywords: ['configcat'],
      near: [0, 60],
      pattern: /configcat-sdk-1\/[A-Za-z0-9_-]{22}\/[A-Za-z0-9_-]{22}|(?<![A-Za-z0-9_/-])[A-Za-z0-9_-]{22}\/[A-Za-z0-9_-]{22}(?![A-Za-z0-9_-])/,
    },
  ],
};
