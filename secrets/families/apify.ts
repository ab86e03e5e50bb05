import type { Family } from '../family.ts';

export const apify: Family = {
  name: 'apify',
  title: 'Apify',
  source: 'https://docs.apify.com/platform/integrations/api',
  words: ['apify'],
  rules: [
    { id: 'token', keywords: ['apify_api_'], pattern: /apify_api_[A-Za-z0-9-]{30,60}/ },
  ],
};
