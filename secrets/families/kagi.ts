import type { Family } from '../family.ts';

export const kagi: Family = {
  name: 'kagi',
  title: 'Kagi',
  source: 'https://help.kagi.com/kagi/api/overview.html',
  words: ['kagiapi'],
};
