import type { Family } from '../family.ts';

export const hume: Family = {
  name: 'hume',
  title: 'Hume AI',
  source: 'https://dev.hume.ai/docs/introduction/api-key',
  words: ['humeapi', 'humeai'],
};
