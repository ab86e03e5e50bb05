import type { Family } from '../family.ts';

export const lacework: Family = {
  name: 'lacework',
  title: 'Lacework',
  source: 'https://docs.lacework.net',
  words: ['lacework'],
  rules: [
    { id: 'secret', kind: 'key', keywords: ['lacework'], near: [0, 80], pattern: /(?<![A-Za-z0-9])_[a-f0-9]{32}/ },
  ],
};
