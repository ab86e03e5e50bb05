import type { Family } from '../family.ts';

export const ably: Family = {
  name: 'ably',
  title: 'Ably',
  source: 'https://ably.com/docs/auth/basic',
  words: ['ably'],
  rules: [
    { id: 'api-key', kind: 'key', keywords: ['ably'], near: [0, 80], pattern: /[A-Za-z0-9_-]{6}\.[A-Za-z0-9_-]{6}:[A-Za-z0-9_-]{16,64}/ },
  ],
};
