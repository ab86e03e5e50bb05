import type { Family } from '../family.ts';

export const livekit: Family = {
  name: 'livekit',
  title: 'LiveKit',
  source: 'https://docs.livekit.io',
  words: ['livekit'],
};
