import type { Family } from '../family.ts';

export const ibmCloud: Family = {
  name: 'ibm-cloud',
  title: 'IBM Cloud',
  source: 'https://cloud.ibm.com/docs/account?topic=account-userapikey',
  words: ['ibmcloud', 'softlayer'],
  rules: [
    {
      id: 'api-key',
      kind: 'key',
      keywords: ['ibm'],
      near: [0, 60],
      pattern: /(?<![A-Za-z0-9_+/-])[A-Za-z0-9_-]{44}(?![A-Za-z0-9_+/=-])/,
      checks: ['mixed', 'random'],
    },
  ],
};
