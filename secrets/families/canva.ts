import type { Family } from '../family.ts';

export const canva: Family = {
  name: 'canva',
  title: 'Canva',
  source: 'https://www.canva.dev/docs/connect/authentication/',
  words: ['canva'],
  rules: [
    { id: 'client-secret', kind: 'key', keywords: ['cnvca'], pattern: /cnvca[A-Za-z0-9_-]{40,60}/ },
  ],
};
