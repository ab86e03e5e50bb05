import type { Family } from '../family.ts';

export const cerebras: Family = {
  name: 'cerebras',
  title: 'Cerebras',
  source: 'https://inference-docs.cerebras.ai',
  words: ['cerebras'],
  rules: [
    { id: 'key', kind: 'key', keywords: ['csk-'], pattern: /csk-[a-z0-9]{40,60}/ },
  ],
};
