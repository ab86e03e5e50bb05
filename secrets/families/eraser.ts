import type { Family } from '../family.ts';

export const eraser: Family = {
  name: 'eraser',
  title: 'Eraser',
  source: 'https://docs.eraser.io',
};
