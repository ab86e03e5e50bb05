import type { Family } from '../family.ts';

export const datastax: Family = {
  name: 'datastax',
  title: 'DataStax Astra',
  source: 'https://docs.datastax.com/en/astra-db-serverless/administration/manage-application-tokens.html',
  words: ['datastax', 'astracs'],
  rules: [
    { id: 'token', keywords: ['AstraCS:'], pattern: /AstraCS:[A-Za-z0-9]{20,40}(?::[a-f0-9]{64})?/ },
  ],
};
