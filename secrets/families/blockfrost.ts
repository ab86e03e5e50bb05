import type { Family } from '../family.ts';

export const blockfrost: Family = {
  name: 'blockfrost',
  title: 'Blockfrost',
  source: 'https://docs.blockfrost.io',
  words: ['blockfrost'],
  rules: [
    {
      id: 'key',
      kind: 'key',
      keywords: ['mainnet', 'preprod', 'preview', 'testnet', 'ipfs'],
      pattern: /(?:mainnet|preprod|preview|testnet|ipfs)[A-Za-z0-9]{32}(?![A-Za-z0-9])/,
      checks: ['mixed'],
    },
  ],
};
