import type { Family } from '../family.ts';

export const persona: Family = {
  name: 'persona',
  title: 'Persona',
  source: 'https://docs.withpersona.com',
  rules: [
    { id: 'key', kind: 'key', keywords: ['persona_'], pattern: /persona_(?:production|sandbox)_[A-Za-z0-9-]{24,60}/ },
  ],
};
