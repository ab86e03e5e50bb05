import type { Family } from '../family.ts';

export const hetzner: Family = {
  name: 'hetzner',
  title: 'Hetzner Cloud',
  source: 'https://docs.hetzner.cloud/#authentication',
  words: ['hetzner', 'hcloud'],
};
