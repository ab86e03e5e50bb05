import type { Family } from '../family.ts';

export const asana: Family = {
  name: 'asana',
  title: 'Asana',
  source: 'https://developers.asana.com/docs/personal-access-token',
  words: ['asana'],
  rules: [
    {
      id: 'personal-access-token',
      keywords: ['asana'],
      near: [0, 80],
      pattern: /(?<![\w/])(?:[0-9]{1,2}\/[0-9]{10,20}(?:\/[0-9]{10,20})?:[A-Za-z0-9]{28,64})/,
    },
  ],
};
