import type { Family } from '../family.ts';

export const messagebird: Family = {
  name: 'messagebird',
  title: 'MessageBird',
  source: 'https://developers.messagebird.com',
  words: ['messagebird'],
};
