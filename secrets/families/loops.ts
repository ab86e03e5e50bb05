import type { Family } from '../family.ts';

export const loops: Family = {
  name: 'loops',
  title: 'Loops',
  source: 'https://loops.so/docs',
};
