import type { Family } from '../family.ts';

export const resend: Family = {
  name: 'resend',
  title: 'Resend',
  source: 'https://resend.com/docs/api-reference/introduction',
  words: ['resend'],
  rules: [
    { id: 'key', kind: 'key', keywords: ['re_'], pattern: /re_[A-Za-z0-9]{8}_[A-Za-z0-9]{20,30}/ },
  ],
};
