import type { Family } from '../family.ts';

export const droneCi: Family = {
  name: 'drone-ci',
  title: 'Drone CI',
  source: 'https://docs.drone.io/cli/configure/',
  words: ['droneci'],
};
