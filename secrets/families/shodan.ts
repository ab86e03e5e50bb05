import type { Family } from '../family.ts';

export const shodan: Family = {
  name: 'shodan',
  title: 'Shodan',
  source: 'https://developer.shodan.io',
  words: ['shodan'],
};
