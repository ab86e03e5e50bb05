import type { Family } from '../family.ts';

export const segment: Family = {
  name: 'segment',
  title: 'Segment',
  source: 'https://segment.com/docs/api/public-api/',
  words: ['segment_write'],
  rules: [
    { id: 'token', keywords: ['sgp_'], pattern: /sgp_[A-Za-z0-9]{64}/ },
    {
      id: 'config-token',
      keywords: ['segment'],
      near: [0, 60],
      pattern: /(?<![A-Za-z0-9_-])[A-Za-z0-9_-]{40,46}\.[A-Za-z0-9_-]{40,46}(?![A-Za-z0-9_-])/,
      checks: ['mixed'],
    },
  ],
};
