import type { Family } from '../family.ts';

export const amplitude: Family = {
  name: 'amplitude',
  title: 'Amplitude',
  source: 'https://amplitude.com/docs/apis/authentication',
  words: ['amplitude'],
};
