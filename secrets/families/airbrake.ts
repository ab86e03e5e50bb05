import type { Family } from '../family.ts';

export const airbrake: Family = {
  name: 'airbrake',
  title: 'Airbrake',
  source: 'https://docs.airbrake.io',
  words: ['airbrake'],
};
