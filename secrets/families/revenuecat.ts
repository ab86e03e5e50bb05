import type { Family } from '../family.ts';

export const revenuecat: Family = {
  name: 'revenuecat',
  title: 'RevenueCat',
  source: 'https://www.revenuecat.com/docs',
  words: ['revenuecat'],
};
