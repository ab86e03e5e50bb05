import type { Family } from '../family.ts';

export const tavily: Family = {
  name: 'tavily',
  title: 'Tavily',
  source: 'https://docs.tavily.com',
  words: ['tavily'],
  rules: [
    { id: 'key', kind: 'key', keywords: ['tvly-'], pattern: /tvly-(?:dev-|prod-)?[A-Za-z0-9]{20,50}/ },
  ],
};
