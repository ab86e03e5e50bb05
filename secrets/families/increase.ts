import type { Family } from '../family.ts';

export const increase: Family = {
  name: 'increase',
  title: 'Increase',
  source: 'https://increase.com/documentation/api',
  words: ['increaseapi'],
};
