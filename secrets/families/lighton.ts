import type { Family } from '../family.ts';

export const lighton: Family = {
  name: 'lighton',
  title: 'LightOn',
  source: 'https://paradigm.lighton.ai',
  words: ['lighton'],
};
