import type { Family } from '../family.ts';

export const cloudflare: Family = {
  name: 'cloudflare',
  title: 'Cloudflare',
  source: 'https://developers.cloudflare.com/fundamentals/api/get-started/',
  words: ['cloudflare'],
  rules: [
    { id: 'origin-ca-key', kind: 'key', keywords: ['v1.0-'], pattern: /v1\.0-[a-f0-9]{24}-[a-f0-9]{140,160}/ },
    { id: 'token', keywords: ['cfut_', 'cfat_', 'cfk_', 'cfpat_'], pattern: /cf(?:ut|at|k|pat)_[A-Za-z0-9_-]{36,80}/ },
    {
      id: 'global-key',
      kind: 'key',
      keywords: ['cloudflare', 'x-auth-key', 'cf_api'],
      near: [0, 60],
      pattern: /(?<![A-Za-z0-9])[a-f0-9]{37}(?![A-Za-z0-9])/,
    },
    { id: 'tunnel-token', keywords: ['eyJhIjoi'], pattern: /eyJhIjoi[A-Za-z0-9+/_-]{100,400}={0,2}/ },
  ],
};
