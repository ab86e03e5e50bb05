import type { Family } from '../family.ts';

export const warp: Family = {
  name: 'warp',
  title: 'Warp',
  source: 'https://docs.warp.dev/',
  words: ['warpapi'],
  rules: [
    { id: 'api-key', kind: 'key', keywords: ['wk-1.', 'wk-'], pattern: /wk-(?:\d\.)?[a-f0-9]{48,80}/ },
  ],
};
