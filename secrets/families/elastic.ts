import type { Family } from '../family.ts';

export const elastic: Family = {
  name: 'elastic',
  title: 'Elastic',
  source: 'https://www.elastic.co/guide/en/cloud/current/ec-api-authentication.html',
  words: ['elasticcloud'],
  rules: [
    { id: 'essu-key', kind: 'key', keywords: ['essu_'], pattern: /essu_[A-Za-z0-9+/=_-]{60,200}/ },
    {
      id: 'encoded-key',
      kind: 'key',
      keywords: ['apikey'],
      near: [0, 30],
      pattern: /(?<![A-Za-z0-9+/])[A-Za-z0-9]{26,28}[A-Za-z0-9+/]{32,34}={0,2}(?![A-Za-z0-9+/])/,
      checks: ['basic-credentials'],
    },
  ],
};
