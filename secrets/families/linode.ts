import type { Family } from '../family.ts';

export const linode: Family = {
  name: 'linode',
  title: 'Linode',
  source: 'https://techdocs.akamai.com/linode-api/reference/get-started',
  words: ['linode'],
};
