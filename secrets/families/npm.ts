import type { Family } from '../family.ts';

export const npm: Family = {
  name: 'npm',
  title: 'npm',
  source: 'https://docs.npmjs.com/about-access-tokens',
  rules: [
    { id: 'token', keywords: ['npm_'], pattern: /npm_[A-Za-z0-9]{36,40}/ },
    {
      id: 'old-token',
      keywords: ['_authtoken', 'npm'],
      near: [0, 30],
      pattern: /(?<![a-f0-9-])[a-f0-9]{8}-[a-f0-9]{4}-[a-f0-9]{4}-[a-f0-9]{4}-[a-f0-9]{12}/,
      checks: ['named-secret'],
    },
  ],
};
