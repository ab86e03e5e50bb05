import type { Family } from '../family.ts';

export const asaas: Family = {
  name: 'asaas',
  title: 'Asaas',
  source: 'https://docs.asaas.com/docs/authentication',
  words: ['asaas'],
  rules: [
    { id: 'key', kind: 'key', keywords: ['aact_'], pattern: /aact_(?:prod_|hmlg_)?[A-Za-z0-9:=+/]{60,250}/ },
  ],
};
