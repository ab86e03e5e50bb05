import type { Family } from '../family.ts';

export const moonshot: Family = {
  name: 'moonshot',
  title: 'Moonshot AI',
  source: 'https://platform.moonshot.ai/docs',
  words: ['moonshot', 'kimi'],
};
