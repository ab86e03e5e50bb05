import type { Family } from '../family.ts';

export const mongodbAtlas: Family = {
  name: 'mongodb-atlas',
  title: 'MongoDB Atlas',
  source: 'https://www.mongodb.com/docs/atlas/configure-api-access/',
  rules: [
    { id: 'service-account-secret', kind: 'key', keywords: ['mdb_sa_sk_'], pattern: /mdb_sa_sk_[A-Za-z0-9_-]{36,60}/ },
  ],
};
