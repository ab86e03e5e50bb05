import type { Family } from '../family.ts';

export const newRelic: Family = {
  name: 'new-relic',
  title: 'New Relic',
  source: 'https://docs.newrelic.com/docs/apis/intro-apis/new-relic-api-keys/',
  words: ['newrelic', 'new_relic'],
  rules: [
    {
      id: 'user-key',
      kind: 'key',
      keywords: ['NRAK-', 'NRAA-', 'NRBR-', 'NRJS-', 'NRIQ-', 'NRII-', 'NRIK-', 'NRRA-', 'NRMA-', 'NRSP-'],
      pattern: /NR(?:AK|AA|BR|JS|IQ|II|IK|RA|MA|SP)-[A-Za-z0-9_-]{19,64}/,
    },
    {
      id: 'license-key',
      kind: 'key',
      keywords: ['NRAL', 'FFFF'],
      near: [40, 0],
      pattern: /(?<![A-Za-z0-9])[a-z0-9]{2,6}[a-f0-9]{30,36}(?:NRAL|FFFFNRAL)/,
    },
    {
      id: 'pixie-key',
      kind: 'key',
      keywords: ['px-api-', 'px-dep-'],
      pattern: /px-(?:api|dep)-[a-f0-9]{8}-[a-f0-9]{4}-[a-f0-9]{4}-[a-f0-9]{4}-[a-f0-9]{12}/,
    },
  ],
};
