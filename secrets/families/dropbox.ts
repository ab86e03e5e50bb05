import type { Family } from '../family.ts';

export const dropbox: Family = {
  name: 'dropbox',
  title: 'Dropbox',
  source: 'https://developers.dropbox.com/oauth-guide',
  words: ['dropbox'],
  rules: [
    { id: 'access-token', keywords: ['sl.'], pattern: /sl\.(?:u\.)?[A-Za-z0-9_=-]{130,1500}/ },
  ],
};
