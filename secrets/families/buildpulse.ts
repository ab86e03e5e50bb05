import type { Family } from '../family.ts';

export const buildpulse: Family = {
  name: 'buildpulse',
  title: 'Buildpulse',
  source: 'https://docs.buildpulse.io',
  words: ['buildpulse'],
};
