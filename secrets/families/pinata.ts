import type { Family } from '../family.ts';

export const pinata: Family = {
  name: 'pinata',
  title: 'Pinata',
  source: 'https://docs.pinata.cloud/account-management/api-keys',
  words: ['pinata'],
};
