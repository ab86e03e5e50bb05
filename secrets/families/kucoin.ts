import type { Family } from '../family.ts';

export const kucoin: Family = {
  name: 'kucoin',
  title: 'KuCoin',
  source: 'https://www.kucoin.com/docs',
  words: ['kucoin'],
};
