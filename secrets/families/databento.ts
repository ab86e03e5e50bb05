import type { Family } from '../family.ts';

export const databento: Family = {
  name: 'databento',
  title: 'Databento',
  source: 'https://databento.com/docs/portal/api-keys',
  words: ['databento'],
  rules: [
    {
      id: 'key',
      kind: 'key',
      keywords: ['databento'],
      near: [0, 60],
      pattern: /(?<![A-Za-z0-9])db-[A-Za-z0-9]{29}/,
      checks: ['letters-and-digits'],
    },
  ],
};
