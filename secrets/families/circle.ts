import type { Family } from '../family.ts';

export const circle: Family = {
  name: 'circle',
  title: 'Circle',
  source: 'https://developers.circle.com',
  rules: [
    {
      id: 'key',
      kind: 'key',
      keywords: ['TEST_API_KEY:', 'LIVE_API_KEY:'],
      pattern: /(?:TEST|LIVE|SAND)_API_KEY:[a-f0-9]{32}:[a-f0-9]{32}/,
    },
  ],
};
