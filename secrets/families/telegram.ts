import type { Family } from '../family.ts';

export const telegram: Family = {
  name: 'telegram',
  title: 'Telegram',
  source: 'https://core.telegram.org/bots/api#authorizing-your-bot',
  words: ['telegram'],
  rules: [
    { id: 'bot-token', keywords: [':AA'], near: [18, 40], pattern: /(?<![\d])\d{5,16}:AA[A-Za-z0-9_-]{31,36}(?![A-Za-z0-9_-])/ },
  ],
};
