import type { Family } from '../family.ts';

export const edenai: Family = {
  name: 'edenai',
  title: 'Eden AI',
  source: 'https://docs.edenai.co',
  words: ['edenai'],
};
