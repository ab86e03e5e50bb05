import type { Family } from '../family.ts';

export const fullcontact: Family = {
  name: 'fullcontact',
  title: 'FullContact',
  source: 'https://docs.fullcontact.com/docs/authentication',
  words: ['fullcontact'],
};
