import type { Family } from '../family.ts';

export const pusher: Family = {
  name: 'pusher',
  title: 'Pusher',
  source: 'https://pusher.com/docs/channels/',
  words: ['pusher'],
};
