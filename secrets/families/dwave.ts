import type { Family } from '../family.ts';

export const dwave: Family = {
  name: 'dwave',
  title: 'D-Wave Leap',
  source: 'https://docs.dwavesys.com',
  words: ['dwave'],
  rules: [
    { id: 'token', keywords: ['dwave', 'd-wave', 'leap'], near: [0, 80], pattern: /DEV-[a-f0-9]{40}/ },
  ],
};
