import type { Family } from '../family.ts';

export const godaddy: Family = {
  name: 'godaddy',
  title: 'GoDaddy',
  source: 'https://developer.godaddy.com/getstarted',
  words: ['godaddy'],
};
