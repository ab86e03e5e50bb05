import type { Family } from '../family.ts';

export const intercom: Family = {
  name: 'intercom',
  title: 'Intercom',
  source: 'https://developers.intercom.com/docs/build-an-integration/learn-more/authentication',
  words: ['intercom'],
  rules: [
    { id: 'token', keywords: ['dG9r'], pattern: /dG9r[A-Za-z0-9+/]{54}=/ },
  ],
};
