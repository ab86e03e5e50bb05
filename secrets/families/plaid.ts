import type { Family } from '../family.ts';

export const plaid: Family = {
  name: 'plaid',
  title: 'Plaid',
  source: 'https://plaid.com/docs/api/tokens/',
  words: ['plaid'],
  rules: [
    {
      id: 'access-token',
      keywords: ['access-sandbox-', 'access-development-', 'access-production-'],
      pattern: /(?:access|public|link|processor)-(?:sandbox|development|production)-[a-f0-9]{8}-[a-f0-9]{4}-[a-f0-9]{4}-[a-f0-9]{4}-[a-f0-9]{12}/,
    },
  ],
};
