import type { Family } from '../family.ts';

export const smartling: Family = {
  name: 'smartling',
  title: 'Smartling',
  source: 'https://help.smartling.com/hc/en-us/articles/1260805481390',
  words: ['smartling'],
};
