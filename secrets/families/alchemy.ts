import type { Family } from '../family.ts';

export const alchemy: Family = {
  name: 'alchemy',
  title: 'Alchemy',
  source: 'https://www.alchemy.com/docs/how-to-use-api-keys-in-http-headers',
  words: ['alchemy'],
  rules: [
    { id: 'url', kind: 'key', keywords: ['alchemy.com/v2/', 'alchemyapi.io/v2/'], pattern: /alchemy(?:api\.io|\.com)\/v2\/(?<secret>[A-Za-z0-9_-]{24,48})/ },
    { id: 'auth-token', keywords: ['alcht_'], pattern: /alcht_[A-Za-z0-9]{24,48}/ },
  ],
};
