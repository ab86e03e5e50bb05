import type { Family } from '../family.ts';

export const pagerduty: Family = {
  name: 'pagerduty',
  title: 'PagerDuty',
  source: 'https://support.pagerduty.com/docs/api-access-keys',
  words: ['pagerduty'],
  rules: [
    {
      id: 'key',
      kind: 'key',
      keywords: ['u+', 'pagerduty', 'pd_'],
      near: [2, 60],
      pattern: /(?<![A-Za-z0-9])(?:u\+|y_)[A-Za-z0-9_+-]{18}(?![A-Za-z0-9_+-])/,
      checks: ['letters-and-digits'],
    },
    { id: 'oauth-token', keywords: ['pdus+', 'pdeu+'], pattern: /pd(?:us|eu)\+_0[A-Za-z0-9_+-]{20,80}/ },
  ],
};
