import type { Family } from '../family.ts';

export const wiz: Family = {
  name: 'wiz',
  title: 'Wiz',
  source: 'https://docs.wiz.io',
};
