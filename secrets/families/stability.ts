import type { Family } from '../family.ts';

export const stability: Family = {
  name: 'stability',
  title: 'Stability AI',
  source: 'https://platform.stability.ai/docs',
};
