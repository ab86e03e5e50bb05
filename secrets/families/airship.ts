import type { Family } from '../family.ts';

export const airship: Family = {
  name: 'airship',
  title: 'Airship',
  source: 'https://docs.airship.com',
  words: ['airship'],
};
