import type { Family } from '../family.ts';

export const codefresh: Family = {
  name: 'codefresh',
  title: 'Codefresh',
  source: 'https://codefresh.io/docs/docs/integrations/codefresh-api/',
  words: ['codefresh'],
  rules: [
    { id: 'api-key', keywords: ['codefresh', 'cf_api'], near: [0, 80], pattern: /[a-f0-9]{24}\.[a-f0-9]{32}/ },
  ],
};
