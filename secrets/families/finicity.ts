import type { Family } from '../family.ts';

export const finicity: Family = {
  name: 'finicity',
  title: 'Finicity',
  source: 'https://developer.mastercard.com/open-finance-us/documentation/',
  words: ['finicity'],
};
