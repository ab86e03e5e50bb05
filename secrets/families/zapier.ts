import type { Family } from '../family.ts';

export const zapier: Family = {
  name: 'zapier',
  title: 'Zapier',
  source: 'https://docs.zapier.com',
  words: ['zapier'],
  rules: [
    {
      id: 'webhook',
      kind: 'webhook',
      keywords: ['hooks.zapier.com'],
      pattern: /hooks\.zapier\.com\/hooks\/catch\/(?<secret>\d{1,12}\/[A-Za-z0-9]{5,12})/,
    },
  ],
};
