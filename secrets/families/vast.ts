import type { Family } from '../family.ts';

export const vast: Family = {
  name: 'vast',
  title: 'Vast.ai',
  source: 'https://docs.vast.ai/api-reference/introduction',
  words: ['vastai', 'vastapi'],
};
