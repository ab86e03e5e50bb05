import type { Family } from '../family.ts';

export const flickr: Family = {
  name: 'flickr',
  title: 'Flickr',
  source: 'https://www.flickr.com/services/api/',
  words: ['flickr'],
};
