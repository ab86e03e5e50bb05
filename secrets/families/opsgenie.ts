import type { Family } from '../family.ts';

export const opsgenie: Family = {
  name: 'opsgenie',
  title: 'Opsgenie',
  source: 'https://support.atlassian.com/opsgenie/docs/api-key-management/',
  words: ['opsgenie'],
  rules: [
    {
      id: 'key',
      kind: 'key',
      keywords: ['opsgenie', 'geniekey'],
      near: [0, 60],
      pattern: /[a-f0-9]{8}-[a-f0-9]{4}-[a-f0-9]{4}-[a-f0-9]{4}-[a-f0-9]{12}/,
      checks: ['named-secret'],
    },
  ],
};
