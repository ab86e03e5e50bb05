import type { Family } from '../family.ts';

export const codeClimate: Family = {
  name: 'code-climate',
  title: 'Code Climate',
  source: 'https://developer.codeclimate.com',
  words: ['codeclimate'],
};
