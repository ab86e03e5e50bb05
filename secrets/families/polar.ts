import type { Family } from '../family.ts';

export const polar: Family = {
  name: 'polar',
  title: 'Polar',
  source: 'https://docs.polar.sh',
  rules: [
    { id: 'token', keywords: ['polar_'], pattern: /polar_[a-z]{2,4}_[A-Za-z0-9_]{30,80}/ },
  ],
};
