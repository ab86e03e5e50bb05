import type { Family } from '../family.ts';

export const particle: Family = {
  name: 'particle',
  title: 'Particle',
  source: 'https://docs.particle.io/reference/cloud-apis/api/',
};
