import type { Family } from '../family.ts';

export const opencage: Family = {
  name: 'opencage',
  title: 'OpenCage',
  source: 'https://opencagedata.com/api',
  words: ['opencagedata', 'ocgs'],
};
