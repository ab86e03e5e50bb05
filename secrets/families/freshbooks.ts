import type { Family } from '../family.ts';

export const freshbooks: Family = {
  name: 'freshbooks',
  title: 'FreshBooks',
  source: 'https://www.freshbooks.com/api/authentication',
  words: ['freshbooks'],
};
