import type { Family } from '../family.ts';

export const statuspage: Family = {
  name: 'statuspage',
  title: 'Atlassian Statuspage',
  source: 'https://developer.statuspage.io',
  words: ['statuspage'],
};
