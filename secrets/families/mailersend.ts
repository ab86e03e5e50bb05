import type { Family } from '../family.ts';

export const mailersend: Family = {
  name: 'mailersend',
  title: 'MailerSend',
  source: 'https://developers.mailersend.com/general.html#authentication',
  words: ['mailersend'],
  rules: [
    { id: 'token', keywords: ['mlsn.'], pattern: /mlsn\.[a-f0-9]{60,80}/ },
  ],
};
