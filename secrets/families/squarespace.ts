import type { Family } from '../family.ts';

export const squarespace: Family = {
  name: 'squarespace',
  title: 'Squarespace',
  source: 'https://developers.squarespace.com/commerce-apis/authentication-and-permissions',
  words: ['squarespace'],
};
