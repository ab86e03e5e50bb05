import type { Family } from '../family.ts';

export const voyage: Family = {
  name: 'voyage',
  title: 'Voyage AI',
  source: 'https://docs.voyageai.com',
  words: ['voyageai'],
  rules: [
    { id: 'key', kind: 'key', keywords: ['pa-'], pattern: /pa-[A-Za-z0-9_-]{43}/, checks: ['mixed'] },
  ],
};
