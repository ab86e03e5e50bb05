import type { Family } from '../family.ts';

export const nightfall: Family = {
  name: 'nightfall',
  title: 'Nightfall',
  source: 'https://docs.nightfall.ai',
  words: ['nightfall'],
  rules: [
    { id: 'key', kind: 'key', keywords: ['NF-'], pattern: /NF-[A-Za-z0-9]{32}/ },
  ],
};
