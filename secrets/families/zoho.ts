import type { Family } from '../family.ts';

export const zoho: Family = {
  name: 'zoho',
  title: 'Zoho',
  source: 'https://www.zoho.com/accounts/protocol/oauth.html',
  words: ['zoho'],
  rules: [
    { id: 'token', keywords: ['1000.'], pattern: /1000\.[a-f0-9]{32}\.[a-f0-9]{32}|1000\.[A-Z0-9]{30,36}/ },
  ],
};
