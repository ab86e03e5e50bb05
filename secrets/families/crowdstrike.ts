import type { Family } from '../family.ts';

export const crowdstrike: Family = {
  name: 'crowdstrike',
  title: 'CrowdStrike',
  source: 'https://falcon.crowdstrike.com/documentation',
  words: ['crowdstrike'],
};
