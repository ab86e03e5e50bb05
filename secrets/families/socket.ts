import type { Family } from '../family.ts';

export const socket: Family = {
  name: 'socket',
  title: 'Socket',
  source: 'https://docs.socket.dev',
  words: ['socketdev'],
  rules: [
    { id: 'token', keywords: ['sktsec_'], pattern: /sktsec_[A-Za-z0-9_-]{30,100}/ },
  ],
};
