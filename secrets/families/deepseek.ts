import type { Family } from '../family.ts';

export const deepseek: Family = {
  name: 'deepseek',
  title: 'DeepSeek',
  source: 'https://api-docs.deepseek.com',
  words: ['deepseek'],
  rules: [
    { id: 'key', kind: 'key', keywords: ['sk-'], pattern: /sk-[a-f0-9]{32}/ },
  ],
};
