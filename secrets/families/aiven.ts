import type { Family } from '../family.ts';

export const aiven: Family = {
  name: 'aiven',
  title: 'Aiven',
  source: 'https://aiven.io/docs/platform/howto/create_authentication_token',
  words: ['aiven'],
  rules: [
    { id: 'token', keywords: ['aivenv1_'], pattern: /aivenv1_[A-Za-z0-9+/=_-]{40,400}/ },
    { id: 'service-password', kind: 'password', keywords: ['AVNS_'], pattern: /AVNS_[A-Za-z0-9_-]{12,40}/ },
  ],
};
