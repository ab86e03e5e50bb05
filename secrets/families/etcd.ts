import type { Family } from '../family.ts';

export const etcd: Family = {
  name: 'etcd',
  title: 'etcd',
  source: 'https://etcd.io/docs',
};
