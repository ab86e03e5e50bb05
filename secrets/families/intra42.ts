import type { Family } from '../family.ts';

export const intra42: Family = {
  name: 'intra42',
  title: '42 Intra',
  source: 'https://api.intra.42.fr/apidoc',
  words: ['intra42'],
  rules: [
    { id: 'secret', kind: 'key', keywords: ['s-s4t2ud-', 's-s4t2af-'], pattern: /s-s4t2(?:ud|af)-[a-f0-9]{64}/ },
  ],
};
