import type { Family } from '../family.ts';

export const spotify: Family = {
  name: 'spotify',
  title: 'Spotify',
  source: 'https://developer.spotify.com/documentation/web-api',
  words: ['spotify'],
};
