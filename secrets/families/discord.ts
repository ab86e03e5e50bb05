import type { Family } from '../family.ts';

export const discord: Family = {
  name: 'discord',
  title: 'Discord',
  source: 'https://discord.com/developers/docs/reference#authentication',
  words: ['discord'],
  rules: [
    {
      id: 'bot-token',
      keywords: ['discord', 'bot_token', 'bottoken'],
      near: [40, 160],
      pattern: /(?<![A-Za-z0-9])[MNO][A-Za-z\d_-]{23,28}\.[A-Za-z\d_-]{6}\.[A-Za-z\d_-]{27,40}/,
    },
    {
      id: 'webhook',
      kind: 'webhook',
      keywords: ['/api/webhooks/'],
      pattern: /\/api\/webhooks\/\d{15,20}\/(?<secret>[A-Za-z0-9_-]{60,80})/,
    },
  ],
};
