import type { Family } from '../family.ts';

export const waypoint: Family = {
  name: 'waypoint',
  title: 'HashiCorp Waypoint',
  source: 'https://developer.hashicorp.com/waypoint',
};
