import type { Family } from '../family.ts';

export const sysdig: Family = {
  name: 'sysdig',
  title: 'Sysdig',
  source: 'https://docs.sysdig.com',
  words: ['sysdig'],
};
