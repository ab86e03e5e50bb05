import type { Family } from '../family.ts';

export const tinybird: Family = {
  name: 'tinybird',
  title: 'Tinybird',
  source: 'https://www.tinybird.co/docs',
  words: ['tinybird'],
  rules: [
    { id: 'token', keywords: ['p.eyJ'], pattern: /p\.eyJ[A-Za-z0-9_-]{20,200}\.[A-Za-z0-9_-]{40,50}/ },
  ],
};
