import type { Family } from '../family.ts';

export const render: Family = {
  name: 'render',
  title: 'Render',
  source: 'https://render.com/docs/api',
  rules: [
    { id: 'key', kind: 'key', keywords: ['rnd_'], pattern: /rnd_[A-Za-z0-9]{28,40}/ },
  ],
};
