import type { Family } from '../family.ts';

export const akeyless: Family = {
  name: 'akeyless',
  title: 'Akeyless',
  source: 'https://docs.akeyless.io/docs',
  words: ['akeyless'],
};
