import type { Family } from '../family.ts';

export const teleport: Family = {
  name: 'teleport',
  title: 'Teleport',
  source: 'https://goteleport.com/docs',
};
