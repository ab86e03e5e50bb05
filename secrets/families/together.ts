import type { Family } from '../family.ts';

export const together: Family = {
  name: 'together',
  title: 'Together AI',
  source: 'https://docs.together.ai',
  words: ['togetherai'],
  rules: [
    { id: 'key', kind: 'key', keywords: ['tgp_v1_'], pattern: /tgp_v1_[A-Za-z0-9_-]{40,60}/ },
  ],
};
