import type { Family } from '../family.ts';

export const serpapi: Family = {
  name: 'serpapi',
  title: 'SerpApi',
  source: 'https://serpapi.com',
  words: ['serpapi', 'serper'],
};
