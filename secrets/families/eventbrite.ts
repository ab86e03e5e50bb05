import type { Family } from '../family.ts';

export const eventbrite: Family = {
  name: 'eventbrite',
  title: 'Eventbrite',
  source: 'https://www.eventbrite.com/platform/api#/introduction/authentication',
  words: ['eventbrite'],
};
