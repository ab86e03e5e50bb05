import type { Family } from '../family.ts';

export const confluent: Family = {
  name: 'confluent',
  title: 'Confluent Cloud',
  source: 'https://docs.confluent.io/cloud/current/access-management/authenticate/api-keys/',
  words: ['confluent'],
  rules: [
    { id: 'secret', kind: 'key', keywords: ['cflt'], pattern: /cflt[A-Za-z0-9+/]{60}/ },
  ],
};
