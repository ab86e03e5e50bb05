import type { Family } from '../family.ts';

export const contentstack: Family = {
  name: 'contentstack',
  title: 'Contentstack',
  source: 'https://www.contentstack.com/docs/developers/create-tokens/about-management-tokens',
  words: ['contentstack'],
  rules: [
    { id: 'token', keywords: ['contentstack'], near: [0, 80], pattern: /(?<![A-Za-z0-9])(?:cs|blt)[a-f0-9]{16,32}(?![A-Za-z0-9])/ },
  ],
};
