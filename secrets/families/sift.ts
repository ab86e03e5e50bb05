import type { Family } from '../family.ts';

export const sift: Family = {
  name: 'sift',
  title: 'Sift',
  source: 'https://developers.sift.com/docs/curl/apis-overview/core-topics/authentication',
  words: ['siftscience'],
};
