import type { Family } from '../family.ts';

export const onelogin: Family = {
  name: 'onelogin',
  title: 'OneLogin',
  source: 'https://developers.onelogin.com',
  words: ['onelogin'],
};
