import type { Family } from '../family.ts';

export const travisCi: Family = {
  name: 'travis-ci',
  title: 'Travis CI',
  source: 'https://developer.travis-ci.com/authentication',
  words: ['travisci'],
};
