import type { Family } from '../family.ts';

export const helicone: Family = {
  name: 'helicone',
  title: 'Helicone',
  source: 'https://docs.helicone.ai',
  words: ['helicone'],
  rules: [
    { id: 'key', kind: 'key', keywords: ['sk-helicone-', 'pk-helicone-'], pattern: /[sp]k-helicone-[a-z0-9-]{20,60}/ },
  ],
};
