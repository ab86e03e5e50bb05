import type { Family } from '../family.ts';

export const okta: Family = {
  name: 'okta',
  title: 'Okta',
  source: 'https://developer.okta.com/docs/guides/create-an-api-token/main/',
  words: ['okta'],
  rules: [
    {
      id: 'token',
      keywords: ['okta', 'ssws'],
      near: [0, 100],
      pattern: /(?<![A-Za-z0-9_-])00[A-Za-z0-9_-]{40}(?![A-Za-z0-9_-])/,
      checks: ['mixed'],
    },
  ],
};
