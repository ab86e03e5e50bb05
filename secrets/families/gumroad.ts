import type { Family } from '../family.ts';

export const gumroad: Family = {
  name: 'gumroad',
  title: 'Gumroad',
  source: 'https://gumroad.com/api',
  words: ['gumroad'],
};
