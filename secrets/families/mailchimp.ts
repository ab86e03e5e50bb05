import type { Family } from '../family.ts';

export const mailchimp: Family = {
  name: 'mailchimp',
  title: 'Mailchimp',
  source: 'https://mailchimp.com/developer/marketing/guides/quick-start/',
  words: ['mailchimp'],
  rules: [
    { id: 'key', kind: 'key', keywords: ['-us'], near: [34, 3], pattern: /(?<![a-f0-9])[a-f0-9]{32}-us\d{1,2}/ },
    { id: 'mandrill-key', kind: 'key', keywords: ['md-'], pattern: /md-[A-Za-z0-9_-]{22}/, checks: ['mixed'] },
  ],
};
