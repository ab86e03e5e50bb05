import type { Family } from '../family.ts';

export const speechmatics: Family = {
  name: 'speechmatics',
  title: 'Speechmatics',
  source: 'https://docs.speechmatics.com/get-started/authentication',
  words: ['speechmatics'],
};
