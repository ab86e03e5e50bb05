import type { Family } from '../family.ts';

export const firecrawl: Family = {
  name: 'firecrawl',
  title: 'Firecrawl',
  source: 'https://docs.firecrawl.dev',
  words: ['firecrawl'],
  rules: [
    { id: 'key', kind: 'key', keywords: ['fc-'], pattern: /fc-[a-f0-9]{32}/ },
  ],
};
