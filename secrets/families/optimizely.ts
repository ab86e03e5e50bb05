import type { Family } from '../family.ts';

export const optimizely: Family = {
  name: 'optimizely',
  title: 'Optimizely',
  source: 'https://docs.developers.optimizely.com',
  words: ['optimizely'],
  rules: [
    { id: 'token', keywords: ['optimizely'], near: [0, 60], pattern: /\d:[A-Za-z0-9_-]{50,70}/ },
  ],
};
