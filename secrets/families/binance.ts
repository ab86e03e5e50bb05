import type { Family } from '../family.ts';

export const binance: Family = {
  name: 'binance',
  title: 'Binance',
  source: 'https://developers.binance.com/docs',
  words: ['binance'],
  rules: [
    {
      id: 'key',
      kind: 'key',
      keywords: ['binance'],
      near: [0, 80],
      pattern: /(?<![A-Za-z0-9])[A-Za-z0-9]{64}(?![A-Za-z0-9])/,
      checks: ['mixed'],
    },
  ],
};
