import type { Family } from '../family.ts';

export const browserstack: Family = {
  name: 'browserstack',
  title: 'BrowserStack',
  source: 'https://www.browserstack.com/docs',
  words: ['browserstack'],
};
