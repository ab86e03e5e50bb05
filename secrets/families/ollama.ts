import type { Family } from '../family.ts';

export const ollama: Family = {
  name: 'ollama',
  title: 'Ollama',
  source: 'https://docs.ollama.com',
  words: ['ollama'],
  rules: [
    {
      id: 'key',
      kind: 'key',
      keywords: ['ollama'],
      near: [0, 60],
      pattern: /(?<![a-f0-9])[a-f0-9]{32}\.[A-Za-z0-9_-]{24}(?![A-Za-z0-9_-])/,
    },
  ],
};
