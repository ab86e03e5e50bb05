import type { Family } from '../family.ts';

export const qase: Family = {
  name: 'qase',
  title: 'Qase',
  source: 'https://developers.qase.io',
  words: ['qase'],
};
