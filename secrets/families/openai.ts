import type { Family } from '../family.ts';

export const openai: Family = {
  name: 'openai',
  title: 'OpenAI',
  source: 'https://platform.openai.com/docs/api-reference/authentication',
  words: ['openai'],
  rules: [
    {
      id: 'key',
      kind: 'key',
      keywords: ['sk-'],
      pattern: /sk-(?:proj|svcacct|admin|service|None)-[A-Za-z0-9_-]{20,300}|sk-[A-Za-z0-9]{20}T3BlbkFJ[A-Za-z0-9]{20}/,
    },
    { id: 'any-key', kind: 'key', keywords: ['sk-'], pattern: /sk-[A-Za-z0-9_-]{32,200}/, checks: ['letters-and-digits', 'random'] },
  ],
};
