import type { Family } from '../family.ts';

export const launchdarkly: Family = {
  name: 'launchdarkly',
  title: 'LaunchDarkly',
  source: 'https://docs.launchdarkly.com/home/account/api',
  words: ['launchdarkly'],
  rules: [
    {
      id: 'key',
      kind: 'key',
      keywords: ['api-', 'sdk-', 'mob-'],
      pattern: /(?:api|sdk|mob)-[a-f0-9]{8}-[a-f0-9]{4}-[a-f0-9]{4}-[a-f0-9]{4}-[a-f0-9]{12}/,
    },
  ],
};
