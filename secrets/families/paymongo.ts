import type { Family } from '../family.ts';

export const paymongo: Family = {
  name: 'paymongo',
  title: 'PayMongo',
  source: 'https://developers.paymongo.com/docs/authentication',
  words: ['paymongo'],
};
