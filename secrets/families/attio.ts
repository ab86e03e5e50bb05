import type { Family } from '../family.ts';

export const attio: Family = {
  name: 'attio',
  title: 'Attio',
  source: 'https://developers.attio.com',
  words: ['attio'],
};
