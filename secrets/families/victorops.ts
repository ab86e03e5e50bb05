import type { Family } from '../family.ts';

export const victorops: Family = {
  name: 'victorops',
  title: 'Splunk On-Call',
  source: 'https://help.victorops.com',
  words: ['victorops'],
};
