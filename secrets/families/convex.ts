import type { Family } from '../family.ts';

export const convex: Family = {
  name: 'convex',
  title: 'Convex',
  source: 'https://docs.convex.dev',
  rules: [
    {
      id: 'deploy-key',
      kind: 'key',
      keywords: ['prod:', 'dev:', 'preview:'],
      pattern: /(?:prod|dev|preview|project):[a-z0-9-]{5,60}(?::[a-z0-9-]{1,60})?\|[A-Za-z0-9+/=_-]{40,400}/,
    },
  ],
};
