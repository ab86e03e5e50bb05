import type { Family } from '../family.ts';

export const firehydrant: Family = {
  name: 'firehydrant',
  title: 'FireHydrant',
  source: 'https://docs.firehydrant.com',
  words: ['firehydrant'],
  rules: [
    { id: 'token', keywords: ['fhb-'], pattern: /fhb-[a-f0-9]{32}/ },
  ],
};
