import type { Family } from '../family.ts';

export const pipedream: Family = {
  name: 'pipedream',
  title: 'Pipedream',
  source: 'https://pipedream.com/docs',
  words: ['pipedream'],
  rules: [
    { id: 'key', kind: 'key', keywords: ['pd_'], pattern: /pd_[a-f0-9]{32}/ },
  ],
};
