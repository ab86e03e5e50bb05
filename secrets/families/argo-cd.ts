import type { Family } from '../family.ts';

export const argoCd: Family = {
  name: 'argo-cd',
  title: 'Argo CD',
  source: 'https://argo-cd.readthedocs.io',
};
