import type { Family } from '../family.ts';

export const groq: Family = {
  name: 'groq',
  title: 'Groq',
  source: 'https://console.groq.com/docs',
  words: ['groq'],
  rules: [
    { id: 'key', kind: 'key', keywords: ['gsk_'], pattern: /gsk_[A-Za-z0-9]{40,60}/ },
  ],
};
