import type { Family } from '../family.ts';

export const bugsnag: Family = {
  name: 'bugsnag',
  title: 'Bugsnag',
  source: 'https://bugsnagapiv2.docs.apiary.io',
  words: ['bugsnag'],
};
