import type { Family } from '../family.ts';

export const sendbird: Family = {
  name: 'sendbird',
  title: 'Sendbird',
  source: 'https://sendbird.com/docs',
  words: ['sendbird'],
};
