import type { Family } from '../family.ts';

export const circleci: Family = {
  name: 'circleci',
  title: 'CircleCI',
  source: 'https://circleci.com/docs/managing-api-tokens/',
  words: ['circleci'],
  rules: [
    { id: 'token', keywords: ['CCIPAT_', 'CCIPRJ_'], pattern: /CCI(?:PAT|PRJ)_[A-Za-z0-9]{16,30}_[a-f0-9]{40}/ },
  ],
};
