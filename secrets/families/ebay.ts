import type { Family } from '../family.ts';

export const ebay: Family = {
  name: 'ebay',
  title: 'eBay',
  source: 'https://developer.ebay.com/api-docs/static/oauth-credentials.html',
  words: ['ebay'],
  rules: [
    {
      id: 'cert-id',
      kind: 'key',
      keywords: ['PRD-', 'SBX-'],
      pattern: /(?:PRD|SBX)-[a-f0-9]{8,12}-[a-f0-9]{4}-[a-f0-9]{4}-[a-f0-9]{4}-[a-f0-9]{4,12}/,
    },
  ],
};
