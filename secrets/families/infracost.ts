import type { Family } from '../family.ts';

export const infracost: Family = {
  name: 'infracost',
  title: 'Infracost',
  source: 'https://www.infracost.io/docs/',
  rules: [
    { id: 'key', kind: 'key', keywords: ['ico-'], pattern: /ico-[A-Za-z0-9]{32}/ },
  ],
};
