import type { Family } from '../family.ts';

export const pushover: Family = {
  name: 'pushover',
  title: 'Pushover',
  source: 'https://pushover.net/api',
  words: ['pushover'],
};
