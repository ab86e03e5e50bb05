import type { Family } from '../family.ts';

export const shippo: Family = {
  name: 'shippo',
  title: 'Shippo',
  source: 'https://docs.goshippo.com/docs/guides_general/authentication/',
  words: ['shippo'],
  rules: [
    { id: 'token', keywords: ['shippo_'], pattern: /shippo_(?:live|test)_[a-f0-9]{40}/ },
  ],
};
