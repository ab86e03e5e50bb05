import type { Family } from '../family.ts';

export const buddy: Family = {
  name: 'buddy',
  title: 'Buddy',
  source: 'https://buddy.works/docs/api',
};
