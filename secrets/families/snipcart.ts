import type { Family } from '../family.ts';

export const snipcart: Family = {
  name: 'snipcart',
  title: 'Snipcart',
  source: 'https://docs.snipcart.com/v3/api-reference/authentication',
  words: ['snipcart'],
  rules: [
    { id: 'secret-key', kind: 'key', keywords: ['ST_'], pattern: /ST_[A-Za-z0-9]{40,80}/, checks: ['mixed'] },
  ],
};
