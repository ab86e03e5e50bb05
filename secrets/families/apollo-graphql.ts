import type { Family } from '../family.ts';

export const apolloGraphql: Family = {
  name: 'apollo-graphql',
  title: 'Apollo GraphOS',
  source: 'https://www.apollographql.com/docs/graphos/platform/access-management/api-keys',
  words: ['apollographql'],
  rules: [
    { id: 'key', kind: 'key', keywords: ['apollo'], near: [0, 80], pattern: /(?:service|user):[A-Za-z0-9._-]{1,80}:[A-Za-z0-9_-]{20,40}/ },
  ],
};
