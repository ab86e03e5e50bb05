import type { Family } from '../family.ts';

export const sendgrid: Family = {
  name: 'sendgrid',
  title: 'SendGrid',
  source: 'https://docs.sendgrid.com/for-developers/sending-email/authentication',
  words: ['sendgrid'],
  rules: [
    { id: 'key', kind: 'key', keywords: ['SG.'], pattern: /SG\.[A-Za-z0-9_=.-]{16,32}\.[A-Za-z0-9_=.-]{16,64}/ },
  ],
};
