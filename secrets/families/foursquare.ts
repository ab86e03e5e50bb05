import type { Family } from '../family.ts';

export const foursquare: Family = {
  name: 'foursquare',
  title: 'Foursquare',
  source: 'https://docs.foursquare.com/developer/reference/authentication',
  words: ['foursquare'],
  rules: [
    { id: 'service-key', kind: 'key', keywords: ['fsq3'], pattern: /fsq3[A-Za-z0-9+/]{40,50}=/ },
  ],
};
