import type { Family } from '../family.ts';

export const scale: Family = {
  name: 'scale',
  title: 'Scale AI',
  source: 'https://scale.com/docs/api-reference/authentication',
  words: ['scaleapi', 'scaleapi'],
  rules: [
    { id: 'api-key', keywords: ['scale'], near: [0, 60], pattern: /(?:live|test)_[a-f0-9]{32}/ },
  ],
};
