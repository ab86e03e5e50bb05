import type { Family } from '../family.ts';

export const coinbase: Family = {
  name: 'coinbase',
  title: 'Coinbase',
  source: 'https://docs.cdp.coinbase.com',
  words: ['coinbase'],
  rules: [
    { id: 'cdp-key-name', kind: 'key', keywords: ['organizations/'], pattern: /organizations\/[a-f0-9-]{36}\/apiKeys\/[a-f0-9-]{36}/ },
  ],
};
