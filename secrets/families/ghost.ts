import type { Family } from '../family.ts';

export const ghost: Family = {
  name: 'ghost',
  title: 'Ghost',
  source: 'https://ghost.org/docs/admin-api/',
  words: ['ghostcms'],
  rules: [
    { id: 'admin-key', kind: 'key', keywords: ['ghost'], near: [0, 60], pattern: /(?<![a-f0-9])[a-f0-9]{24}:[a-f0-9]{64}(?![a-f0-9])/ },
  ],
};
