import type { Family } from '../family.ts';

export const deepgram: Family = {
  name: 'deepgram',
  title: 'Deepgram',
  source: 'https://developers.deepgram.com',
  words: ['deepgram'],
};
