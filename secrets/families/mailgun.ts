import type { Family } from '../family.ts';

export const mailgun: Family = {
  name: 'mailgun',
  title: 'Mailgun',
  source: 'https://documentation.mailgun.com/docs/mailgun/user-manual/get-started/',
  words: ['mailgun'],
  rules: [
    { id: 'key', kind: 'key', keywords: ['key-'], pattern: /key-[a-f0-9]{32}/ },
    {
      id: 'sending-key',
      kind: 'key',
      keywords: ['mailgun', 'mg_api', 'mg_key'],
      near: [0, 100],
      pattern: /(?<![a-z0-9-])[a-f0-9]{32}-[a-f0-9]{8}-[a-f0-9]{8}(?![a-z0-9-])/,
    },
  ],
};
