import type { Family } from '../family.ts';

export const frameIo: Family = {
  name: 'frame-io',
  title: 'Frame.io',
  source: 'https://developer.frame.io/docs/getting-started/authentication',
  words: ['frameio'],
  rules: [
    { id: 'token', keywords: ['fio-u-'], pattern: /fio-u-[A-Za-z0-9=_-]{60,70}/ },
  ],
};
