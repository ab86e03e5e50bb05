import type { Family } from '../family.ts';

export const prefect: Family = {
  name: 'prefect',
  title: 'Prefect',
  source: 'https://docs.prefect.io/latest/cloud/users/api-keys/',
  words: ['prefect'],
  rules: [
    { id: 'key', kind: 'key', keywords: ['pnu_', 'pnb_'], pattern: /pn[ub]_[A-Za-z0-9]{36}/ },
  ],
};
