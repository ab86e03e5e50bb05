import type { Family } from '../family.ts';

export const maxmind: Family = {
  name: 'maxmind',
  title: 'MaxMind',
  source: 'https://support.maxmind.com/hc/en-us/articles/4407111582235',
  words: ['maxmind'],
  rules: [
    { id: 'license-key', kind: 'key', keywords: ['_mmk'], near: [40, 0], pattern: /(?<![A-Za-z0-9])[A-Za-z0-9]{6}_[A-Za-z0-9]{29,32}_mmk/ },
  ],
};
