import type { Family } from '../family.ts';

export const equinix: Family = {
  name: 'equinix',
  title: 'Equinix Metal',
  source: 'https://deploy.equinix.com/developers/api/',
  words: ['equinix'],
};
