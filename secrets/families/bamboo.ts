import type { Family } from '../family.ts';

export const bamboo: Family = {
  name: 'bamboo',
  title: 'Atlassian Bamboo',
  source: 'https://confluence.atlassian.com/bamboo/personal-access-tokens-976779873.html',
  words: ['bamboo'],
};
