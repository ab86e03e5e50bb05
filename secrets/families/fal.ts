import type { Family } from '../family.ts';

export const fal: Family = {
  name: 'fal',
  title: 'fal',
  source: 'https://docs.fal.ai',
  rules: [
    {
      id: 'key',
      kind: 'key',
      keywords: ['fal_key', 'fal-key'],
      near: [0, 20],
      pattern: /[a-f0-9]{8}-[a-f0-9]{4}-[a-f0-9]{4}-[a-f0-9]{4}-[a-f0-9]{12}:[a-f0-9]{32}/,
    },
  ],
};
