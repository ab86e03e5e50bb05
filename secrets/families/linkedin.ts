import type { Family } from '../family.ts';

export const linkedin: Family = {
  name: 'linkedin',
  title: 'LinkedIn',
  source: 'https://learn.microsoft.com/en-us/linkedin/shared/authentication/authentication',
  words: ['linkedin'],
};
