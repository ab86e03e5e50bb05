import type { Family } from '../family.ts';

export const honeycomb: Family = {
  name: 'honeycomb',
  title: 'Honeycomb',
  source: 'https://docs.honeycomb.io/get-started/configure/environments/manage-api-keys/',
  words: ['honeycomb'],
  rules: [
    {
      id: 'ingest-key',
      kind: 'key',
      keywords: ['hcaik_', 'hcbik_', 'hcamk_', 'hcxik_', 'hcxmk_'],
      pattern: /hc[abx][im]k_[A-Za-z0-9]{26,64}/,
    },
  ],
};
