import type { Family } from '../family.ts';

export const papertrail: Family = {
  name: 'papertrail',
  title: 'Papertrail',
  source: 'https://www.papertrail.com/help',
  words: ['papertrail'],
};
