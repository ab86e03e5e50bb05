import type { Family } from '../family.ts';

export const gcp: Family = {
  name: 'gcp',
  title: 'Google Cloud',
  source: 'https://cloud.google.com/docs/authentication/api-keys',
  rules: [
    { id: 'api-key', kind: 'key', keywords: ['AIza'], pattern: /AIza[A-Za-z0-9_-]{35}/ },
    { id: 'gemini-key', kind: 'key', keywords: ['AQ.Ab'], pattern: /AQ\.Ab[A-Za-z0-9_-]{40,80}/ },
    { id: 'oauth-client-secret', kind: 'key', keywords: ['GOCSPX-'], pattern: /GOCSPX-[A-Za-z0-9_-]{24,40}/ },
    { id: 'oauth-access-token', keywords: ['ya29.'], pattern: /ya29\.[A-Za-z0-9_-]{20,1000}/ },
    { id: 'oauth-refresh-token', keywords: ['1//'], pattern: /1\/\/0[A-Za-z0-9_-]{40,200}/ },
    {
      id: 'hmac-key',
      kind: 'key',
      keywords: ['GOOG1', 'GOOGE', 'GOOG'],
      pattern: /GOOG1[A-Z0-9]{56,60}|GOOG[A-Z0-9]{16,20}/,
      checks: ['letters-and-digits'],
    },
    { id: 'oauth-code', keywords: ['4/0A', '4/0'], pattern: /4\/0[A-Za-z0-9_-]{50,120}/, checks: ['mixed'] },
    {
      id: 'private-key-id',
      kind: 'key',
      keywords: ['private_key_id'],
      pattern: /private_key_id\\{0,3}"\s{0,2}:\s{0,2}\\{0,3}"(?<secret>[a-f0-9]{40})/,
    },
    {
      id: 'client-secret-old',
      kind: 'key',
      keywords: ['apps.googleusercontent', 'google_client', 'google_secret', 'googleclient'],
      near: [0, 120],
      pattern: /(?<![A-Za-z0-9_-])[A-Za-z0-9_-]{24}(?![A-Za-z0-9_-])/,
      checks: ['mixed', 'random'],
    },
  ],
};
