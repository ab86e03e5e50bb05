import type { Family } from '../family.ts';

export const anthropic: Family = {
  name: 'anthropic',
  title: 'Anthropic',
  source: 'https://docs.anthropic.com/en/api/getting-started',
  words: ['anthropic'],
  rules: [
    { id: 'key', kind: 'key', keywords: ['sk-ant-'], pattern: /sk-ant-[a-z0-9]{3,12}-[A-Za-z0-9_-]{40,200}/ },
  ],
};
