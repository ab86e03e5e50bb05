import type { Family } from '../family.ts';

export const env0: Family = {
  name: 'env0',
  title: 'env0',
  source: 'https://docs.env0.com',
  words: ['env0'],
};
