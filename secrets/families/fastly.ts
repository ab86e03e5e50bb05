import type { Family } from '../family.ts';

export const fastly: Family = {
  name: 'fastly',
  title: 'Fastly',
  source: 'https://docs.fastly.com/en/guides/using-api-tokens',
  words: ['fastly'],
};
