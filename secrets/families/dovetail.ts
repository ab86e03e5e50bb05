import type { Family } from '../family.ts';

export const dovetail: Family = {
  name: 'dovetail',
  title: 'Dovetail',
  source: 'https://developers.dovetail.com/docs/introduction',
  words: ['dovetailapp'],
  rules: [
    { id: 'token', keywords: ['api.eyJ'], pattern: /api\.eyJ[\w-]{20,800}\.[\w-]{20,1000}(?:\.[\w-]{10,400})?/ },
  ],
};
