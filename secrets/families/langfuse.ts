import type { Family } from '../family.ts';

export const langfuse: Family = {
  name: 'langfuse',
  title: 'Langfuse',
  source: 'https://langfuse.com/docs',
  words: ['langfuse'],
  rules: [
    {
      id: 'secret',
      kind: 'key',
      keywords: ['sk-lf-', 'pk-lf-'],
      pattern: /[sp]k-lf-[a-f0-9]{8}-[a-f0-9]{4}-[a-f0-9]{4}-[a-f0-9]{4}-[a-f0-9]{12}/,
    },
  ],
};
