import type { Family } from '../family.ts';

export const getresponse: Family = {
  name: 'getresponse',
  title: 'GetResponse',
  source: 'https://apidocs.getresponse.com',
  words: ['getresponse'],
};
