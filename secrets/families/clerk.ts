import type { Family } from '../family.ts';

export const clerk: Family = {
  name: 'clerk',
  title: 'Clerk',
  source: 'https://clerk.com/docs',
  words: ['clerk'],
};
