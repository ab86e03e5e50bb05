import type { Family } from '../family.ts';

export const zeabur: Family = {
  name: 'zeabur',
  title: 'Zeabur',
  source: 'https://zeabur.com/docs/en-US/developer/public-api',
  words: ['zeabur'],
};
