import type { Family } from '../family.ts';

export const privateAi: Family = {
  name: 'private-ai',
  title: 'Private AI',
  source: 'https://docs.private-ai.com',
  words: ['privateai'],
  rules: [
    {
      id: 'token',
      keywords: ['privateai', 'private-ai', 'private_ai'],
      near: [0, 60],
      pattern: /(?<![a-z0-9])[a-z0-9]{32}(?![a-z0-9])/,
      checks: ['letters-and-digits'],
    },
  ],
};
