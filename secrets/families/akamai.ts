import type { Family } from '../family.ts';

export const akamai: Family = {
  name: 'akamai',
  title: 'Akamai EdgeGrid',
  source: 'https://techdocs.akamai.com/developer/docs/edgegrid',
  words: ['akamai'],
  rules: [
    { id: 'token', keywords: ['akab-'], pattern: /akab-[a-z0-9]{16}-[a-z0-9]{16}/ },
  ],
};
