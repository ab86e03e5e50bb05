import type { Family } from '../family.ts';

export const keygen: Family = {
  name: 'keygen',
  title: 'Keygen',
  source: 'https://keygen.sh/docs/api/authentication/',
  words: ['keygensh'],
  rules: [
    { id: 'token', keywords: ['admin-', 'prod-', 'user-', 'activ-', 'env-'], pattern: /(?:admin|prod|user|activ|env)-[a-f0-9]{62,68}v[1-9]/ },
  ],
};
