import type { Family } from '../family.ts';

export const logdna: Family = {
  name: 'logdna',
  title: 'Mezmo (LogDNA)',
  source: 'https://docs.mezmo.com',
  words: ['logdna', 'mezmo'],
};
