import type { Family } from '../family.ts';

export const easypost: Family = {
  name: 'easypost',
  title: 'EasyPost',
  source: 'https://docs.easypost.com/docs/authentication',
  words: ['easypost'],
  rules: [
    { id: 'token', keywords: ['EZAK', 'EZTK'], pattern: /EZ[AT]K[A-Za-z0-9]{54}/ },
  ],
};
