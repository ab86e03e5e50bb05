import type { Family } from '../family.ts';

export const temporal: Family = {
  name: 'temporal',
  title: 'Temporal Cloud',
  source: 'https://docs.temporal.io/cloud/api-keys',
  words: ['temporalapi'],
};
