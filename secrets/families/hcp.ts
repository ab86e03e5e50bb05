import type { Family } from '../family.ts';

export const hcp: Family = {
  name: 'hcp',
  title: 'HashiCorp Cloud Platform',
  source: 'https://developer.hashicorp.com/hcp/docs',
};
