import type { Family } from '../family.ts';

export const pubnub: Family = {
  name: 'pubnub',
  title: 'PubNub',
  source: 'https://www.pubnub.com/docs',
  words: ['pubnub'],
  rules: [
    { id: 'key', kind: 'key', keywords: ['sub-c-', 'pub-c-', 'sec-c-'], pattern: /(?:sub|pub|sec)-c-[A-Za-z0-9-]{32,60}/ },
  ],
};
