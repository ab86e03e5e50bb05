import type { Family } from '../family.ts';

export const strapi: Family = {
  name: 'strapi',
  title: 'Strapi',
  source: 'https://docs.strapi.io',
  words: ['strapi'],
  rules: [
    { id: 'token', keywords: ['strapi'], near: [0, 60], pattern: /(?<![a-f0-9])[a-f0-9]{256}(?![a-f0-9])/ },
  ],
};
