import type { Family } from '../family.ts';

export const cockroachdb: Family = {
  name: 'cockroachdb',
  title: 'CockroachDB Cloud',
  source: 'https://www.cockroachlabs.com/docs/cockroachcloud/managing-access',
  words: ['cockroachlabs'],
  rules: [
    { id: 'api-key', kind: 'key', keywords: ['CCDB1_'], pattern: /CCDB1_[A-Za-z0-9]{22}_[A-Za-z0-9]{40}/ },
  ],
};
