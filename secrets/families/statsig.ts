import type { Family } from '../family.ts';

export const statsig: Family = {
  name: 'statsig',
  title: 'Statsig',
  source: 'https://docs.statsig.com/api-keys',
  words: ['statsig'],
  rules: [
    { id: 'key', kind: 'key', keywords: ['console-', 'client-', 'server-'], pattern: /(?:console|client|server)-[A-Za-z0-9]{38,64}/, checks: ['letters-and-digits'] },
  ],
};
