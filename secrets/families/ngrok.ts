import type { Family } from '../family.ts';

export const ngrok: Family = {
  name: 'ngrok',
  title: 'ngrok',
  source: 'https://ngrok.com/docs/agent/#authtokens',
  words: ['ngrok'],
  rules: [
    {
      id: 'token',
      keywords: ['ngrok'],
      near: [0, 60],
      pattern: /(?<![A-Za-z0-9_])[12c][A-Za-z0-9]{20,30}_[A-Za-z0-9]{18,24}(?![A-Za-z0-9_])/,
    },
  ],
};
