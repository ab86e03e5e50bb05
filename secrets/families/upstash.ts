import type { Family } from '../family.ts';

export const upstash: Family = {
  name: 'upstash',
  title: 'Upstash',
  source: 'https://upstash.com/docs',
  words: ['upstash'],
  rules: [
    { id: 'redis-token', keywords: ['upstash'], near: [0, 80], pattern: /(?<![A-Za-z0-9])A[A-Za-z0-9]{3}AA[A-Za-z0-9+/_-]{40,80}={0,2}/ },
  ],
};
