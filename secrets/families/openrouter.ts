import type { Family } from '../family.ts';

export const openrouter: Family = {
  name: 'openrouter',
  title: 'OpenRouter',
  source: 'https://openrouter.ai/docs/api-reference/authentication',
  words: ['openrouter'],
  rules: [
    { id: 'key', kind: 'key', keywords: ['sk-or-'], pattern: /sk-or-v1-[a-f0-9]{60,70}/ },
  ],
};
