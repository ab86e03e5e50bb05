import type { Family } from '../family.ts';

export const mailerlite: Family = {
  name: 'mailerlite',
  title: 'MailerLite',
  source: 'https://developers.mailerlite.com',
  words: ['mailerlite'],
};
