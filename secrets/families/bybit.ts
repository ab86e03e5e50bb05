import type { Family } from '../family.ts';

export const bybit: Family = {
  name: 'bybit',
  title: 'Bybit',
  source: 'https://bybit-exchange.github.io/docs',
  words: ['bybit'],
};
