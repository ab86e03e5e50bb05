import type { Family } from '../family.ts';

export const contentful: Family = {
  name: 'contentful',
  title: 'Contentful',
  source: 'https://www.contentful.com/developers/docs/references/authentication/',
  words: ['contentful'],
  rules: [
    { id: 'management-token', keywords: ['CFPAT-'], pattern: /CFPAT-[A-Za-z0-9_-]{43}/ },
    { id: 'app-key', kind: 'key', keywords: ['CFORG-'], pattern: /CFORG-[A-Za-z0-9_-]{40,50}/ },
  ],
};
