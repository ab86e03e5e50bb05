import type { Family } from '../family.ts';

export const coderabbit: Family = {
  name: 'coderabbit',
  title: 'CodeRabbit',
  source: 'https://docs.coderabbit.ai/cli/overview',
  words: ['coderabbit'],
  rules: [
    { id: 'api-key', kind: 'key', keywords: ['cr-'], pattern: /cr-[a-f0-9]{50,64}/ },
  ],
};
