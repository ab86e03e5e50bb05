import type { Family } from '../family.ts';

export const modernTreasury: Family = {
  name: 'modern-treasury',
  title: 'Modern Treasury',
  source: 'https://docs.moderntreasury.com/platform/reference/api-keys',
  words: ['moderntreasury'],
};
