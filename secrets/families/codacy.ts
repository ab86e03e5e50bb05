import type { Family } from '../family.ts';

export const codacy: Family = {
  name: 'codacy',
  title: 'Codacy',
  source: 'https://docs.codacy.com/codacy-api/api-tokens/',
  words: ['codacy'],
};
