import type { Family } from '../family.ts';

export const fullstory: Family = {
  name: 'fullstory',
  title: 'FullStory',
  source: 'https://developer.fullstory.com/server/getting-started/',
  words: ['fullstory'],
};
