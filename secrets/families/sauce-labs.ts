import type { Family } from '../family.ts';

export const sauceLabs: Family = {
  name: 'sauce-labs',
  title: 'Sauce Labs',
  source: 'https://docs.saucelabs.com/basics/acct-team-mgmt/managing-user-info/',
  words: ['saucelabs'],
};
