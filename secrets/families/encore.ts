import type { Family } from '../family.ts';

export const encore: Family = {
  name: 'encore',
  title: 'Encore',
  source: 'https://encore.dev/docs/ts/cli/cli-reference',
  words: ['encoreauth'],
  rules: [
    { id: 'auth-key', keywords: ['ena_'], pattern: /ena_[A-Za-z0-9]{20,80}/ },
  ],
};
