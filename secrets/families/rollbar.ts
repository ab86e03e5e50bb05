import type { Family } from '../family.ts';

export const rollbar: Family = {
  name: 'rollbar',
  title: 'Rollbar',
  source: 'https://docs.rollbar.com',
  words: ['rollbar'],
};
