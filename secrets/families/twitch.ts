import type { Family } from '../family.ts';

export const twitch: Family = {
  name: 'twitch',
  title: 'Twitch',
  source: 'https://dev.twitch.tv/docs/authentication/',
  words: ['twitch'],
  rules: [
    { id: 'stream-key', kind: 'key', keywords: ['live_', 'oauth:'], pattern: /live_\d{6,12}_[A-Za-z0-9]{30}|oauth:[a-z0-9]{30}/ },
  ],
};
