import type { Family } from '../family.ts';

export const novita: Family = {
  name: 'novita',
  title: 'Novita AI',
  source: 'https://novita.ai/docs/guides/quickstart',
  words: ['novita'],
};
