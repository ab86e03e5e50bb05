import type { Family } from '../family.ts';

export const splunk: Family = {
  name: 'splunk',
  title: 'Splunk',
  source: 'https://docs.splunk.com',
  words: ['splunk'],
  rules: [
    {
      id: 'hec-token',
      keywords: ['splunk', 'hec_token'],
      near: [0, 60],
      pattern: /[a-f0-9]{8}-[a-f0-9]{4}-[a-f0-9]{4}-[a-f0-9]{4}-[a-f0-9]{12}/,
      checks: ['named-secret'],
    },
  ],
};
