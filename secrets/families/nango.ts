import type { Family } from '../family.ts';

export const nango: Family = {
  name: 'nango',
  title: 'Nango',
  source: 'https://nango.dev/docs/reference/api/authentication',
  words: ['nango'],
};
