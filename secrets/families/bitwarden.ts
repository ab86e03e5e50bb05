import type { Family } from '../family.ts';

export const bitwarden: Family = {
  name: 'bitwarden',
  title: 'Bitwarden Secrets Manager',
  source: 'https://bitwarden.com/help/access-tokens/',
  rules: [
    {
      id: 'access-token',
      keywords: ['bws_', 'bitwarden', 'bws'],
      near: [0, 80],
      pattern: /0\.[a-f0-9]{8}-[a-f0-9]{4}-[a-f0-9]{4}-[a-f0-9]{4}-[a-f0-9]{12}\.[A-Za-z0-9]{20,40}:[A-Za-z0-9+/]{20,24}={0,2}/,
    },
  ],
};
