import type { Family } from '../family.ts';

export const railway: Family = {
  name: 'railway',
  title: 'Railway',
  source: 'https://docs.railway.com',
};
