import type { Family } from '../family.ts';

export const mattermost: Family = {
  name: 'mattermost',
  title: 'Mattermost',
  source: 'https://developers.mattermost.com/integrate/webhooks/incoming/',
  words: ['mattermost'],
  rules: [
    { id: 'webhook', kind: 'webhook', keywords: ['/hooks/'], near: [200, 30], pattern: /https?:\/\/[\w.:-]{3,120}\/hooks\/[a-z0-9]{26}/ },
    {
      id: 'token',
      keywords: ['mattermost', 'mm_token'],
      near: [0, 60],
      pattern: /(?<![A-Za-z0-9])[a-z0-9]{26}(?![A-Za-z0-9])/,
      checks: ['letters-and-digits'],
    },
  ],
};
