import type { Family } from '../family.ts';

export const snyk: Family = {
  name: 'snyk',
  title: 'Snyk',
  source: 'https://docs.snyk.io/snyk-api/authentication-for-api',
  words: ['snyk'],
  rules: [
    {
      id: 'token',
      keywords: ['snyk_uat.', 'snyk_sat.'],
      pattern: /snyk_[us]at\.[a-f0-9]{8}\.[A-Za-z0-9_-]{20,200}(?:\.[A-Za-z0-9_-]{10,200}){0,3}/,
    },
  ],
};
