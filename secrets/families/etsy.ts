import type { Family } from '../family.ts';

export const etsy: Family = {
  name: 'etsy',
  title: 'Etsy',
  source: 'https://developers.etsy.com/documentation/essentials/authentication',
  words: ['etsy'],
};
