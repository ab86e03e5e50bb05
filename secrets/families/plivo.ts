import type { Family } from '../family.ts';

export const plivo: Family = {
  name: 'plivo',
  title: 'Plivo',
  source: 'https://www.plivo.com/docs/',
  words: ['plivo'],
};
