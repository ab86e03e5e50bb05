import type { Family } from '../family.ts';

export const etherscan: Family = {
  name: 'etherscan',
  title: 'Etherscan',
  source: 'https://docs.etherscan.io/getting-an-api-key',
  words: ['etherscan', 'arbiscan', 'polygonscan', 'snowtrace', 'ftmscan', 'optimisticetherscan', 'basescan'],
};
