import type { Family } from '../family.ts';

export const age: Family = {
  name: 'age',
  title: 'age encryption',
  source: 'https://age-encryption.org/v1',
  rules: [
    { id: 'secret-key', kind: 'private-key', keywords: ['AGE-SECRET-KEY-'], pattern: /AGE-SECRET-KEY-(?:1|PQ-1)[0-9A-Z]{40,120}/ },
  ],
};
