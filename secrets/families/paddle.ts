import type { Family } from '../family.ts';

export const paddle: Family = {
  name: 'paddle',
  title: 'Paddle',
  source: 'https://developer.paddle.com/api-reference/about/authentication',
  words: ['paddle'],
  rules: [
    { id: 'key', kind: 'key', keywords: ['pdl_'], pattern: /pdl_(?:live|sdbx)_apikey_[a-z0-9]{26}_[A-Za-z0-9]{20,24}_[A-Za-z0-9]{3}/ },
    { id: 'webhook', kind: 'key', keywords: ['pdl_ntfset_'], pattern: /pdl_ntfset_[a-z0-9]{26}_[A-Za-z0-9+/=]{20,50}/ },
  ],
};
