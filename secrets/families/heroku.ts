import type { Family } from '../family.ts';

export const heroku: Family = {
  name: 'heroku',
  title: 'Heroku',
  source: 'https://devcenter.heroku.com/articles/platform-api-reference#authentication',
  words: ['heroku'],
  rules: [
    { id: 'token', keywords: ['HRKU-'], pattern: /HRKU-[A-Za-z0-9_-]{36,80}/ },
    {
      id: 'api-key',
      kind: 'key',
      keywords: ['heroku'],
      near: [0, 60],
      pattern: /(?<![a-f0-9-])[a-fA-F0-9]{8}-[a-fA-F0-9]{4}-[a-fA-F0-9]{4}-[a-fA-F0-9]{4}-[a-fA-F0-9]{12}(?![a-f0-9-])/,
      checks: ['named-secret'],
    },
  ],
};
