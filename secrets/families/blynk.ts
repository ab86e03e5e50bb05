import type { Family } from '../family.ts';

export const blynk: Family = {
  name: 'blynk',
  title: 'Blynk',
  source: 'https://docs.blynk.io',
  words: ['blynk'],
  rules: [
    {
      id: 'device-token',
      keywords: ['blynk'],
      near: [0, 80],
      pattern: /(?<![A-Za-z0-9_-])[A-Za-z0-9_-]{32}(?![A-Za-z0-9_-])/,
      checks: ['mixed'],
    },
  ],
};
