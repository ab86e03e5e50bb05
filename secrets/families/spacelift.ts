import type { Family } from '../family.ts';

export const spacelift: Family = {
  name: 'spacelift',
  title: 'Spacelift',
  source: 'https://docs.spacelift.io',
  words: ['spacelift'],
};
