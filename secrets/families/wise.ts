import type { Family } from '../family.ts';

export const wise: Family = {
  name: 'wise',
  title: 'Wise',
  source: 'https://docs.wise.com',
  words: ['transferwise'],
};
