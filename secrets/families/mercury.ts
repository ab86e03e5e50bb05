import type { Family } from '../family.ts';

export const mercury: Family = {
  name: 'mercury',
  title: 'Mercury',
  source: 'https://docs.mercury.com',
  rules: [
    { id: 'token', keywords: ['secret-token:'], pattern: /secret-token:mercury_[a-z]{2,12}_[A-Za-z0-9_]{30,80}/ },
  ],
};
