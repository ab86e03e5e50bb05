import type { Family } from '../family.ts';

export const codemagic: Family = {
  name: 'codemagic',
  title: 'Codemagic',
  source: 'https://docs.codemagic.io',
  words: ['codemagic'],
};
