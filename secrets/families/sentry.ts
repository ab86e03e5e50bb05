import type { Family } from '../family.ts';

export const sentry: Family = {
  name: 'sentry',
  title: 'Sentry',
  source: 'https://docs.sentry.io/api/guides/create-auth-token/',
  words: ['sentry'],
  rules: [
    { id: 'org-token', keywords: ['sntrys_'], pattern: /sntrys_eyJ[A-Za-z0-9+/=_-]{80,400}/ },
    { id: 'user-token', keywords: ['sntryu_'], pattern: /sntryu_[a-f0-9]{64}/ },
    {
      id: 'dsn',
      kind: 'key',
      keywords: ['ingest.sentry.io', 'ingest.us.sentry.io', 'ingest.de.sentry.io', 'sentry'],
      near: [90, 80],
      pattern: /https?:\/\/(?<secret>[a-f0-9]{32}(?::[a-f0-9]{32})?)@[\w.-]{3,120}\/\d{1,20}/,
    },
  ],
};
