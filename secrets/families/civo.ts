import type { Family } from '../family.ts';

export const civo: Family = {
  name: 'civo',
  title: 'Civo',
  source: 'https://www.civo.com/api',
  words: ['civo'],
};
