import type { Family } from '../family.ts';

export const koyeb: Family = {
  name: 'koyeb',
  title: 'Koyeb',
  source: 'https://www.koyeb.com/docs',
  words: ['koyeb'],
};
