import type { Family } from '../family.ts';

export const strava: Family = {
  name: 'strava',
  title: 'Strava',
  source: 'https://developers.strava.com',
  words: ['strava'],
};
