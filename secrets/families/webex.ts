import type { Family } from '../family.ts';

export const webex: Family = {
  name: 'webex',
  title: 'Cisco Webex',
  source: 'https://developer.webex.com/docs/getting-started',
  words: ['webex'],
  rules: [
    {
      id: 'token',
      keywords: ['_PE93_', '_PF84_'],
      near: [70, 45],
      pattern: /(?<![A-Za-z0-9])[A-Za-z0-9]{40,72}_(?:P[A-Z]\d\d)_[a-f0-9-]{36}/,
    },
  ],
};
