import type { Family } from '../family.ts';

export const anypoint: Family = {
  name: 'anypoint',
  title: 'MuleSoft Anypoint',
  source: 'https://docs.mulesoft.com/access-management/',
  words: ['anypoint', 'mulesoft'],
};
