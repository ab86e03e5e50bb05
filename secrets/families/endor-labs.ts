import type { Family } from '../family.ts';

export const endorLabs: Family = {
  name: 'endor-labs',
  title: 'Endor Labs',
  source: 'https://docs.endorlabs.com',
  words: ['endorlabs'],
  rules: [
    { id: 'key', kind: 'key', keywords: ['endr+'], pattern: /endr\+[A-Za-z0-9-]{16}/ },
  ],
};
