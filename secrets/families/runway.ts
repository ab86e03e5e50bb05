import type { Family } from '../family.ts';

export const runway: Family = {
  name: 'runway',
  title: 'Runway',
  source: 'https://docs.dev.runwayml.com',
  words: ['runwayml'],
  rules: [
    { id: 'key', kind: 'key', keywords: ['key_'], pattern: /key_[a-f0-9]{128}/ },
  ],
};
