import type { Family } from '../family.ts';

export const gong: Family = {
  name: 'gong',
  title: 'Gong',
  source: 'https://help.gong.io/docs/receive-access-to-the-api',
};
