import type { Family } from '../family.ts';

export const exoscale: Family = {
  name: 'exoscale',
  title: 'Exoscale',
  source: 'https://community.exoscale.com/product/iam/',
  words: ['exoscale'],
  rules: [
    { id: 'key', kind: 'key', keywords: ['EXO'], pattern: /EXO[a-f0-9]{24,40}/ },
  ],
};
