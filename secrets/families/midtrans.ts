import type { Family } from '../family.ts';

export const midtrans: Family = {
  name: 'midtrans',
  title: 'Midtrans',
  source: 'https://docs.midtrans.com',
  words: ['midtrans'],
  rules: [
    { id: 'server-key', kind: 'key', keywords: ['Mid-server-'], pattern: /(?:SB-)?Mid-(?:server|client)-[A-Za-z0-9_-]{16,40}/ },
  ],
};
