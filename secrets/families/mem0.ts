import type { Family } from '../family.ts';

export const mem0: Family = {
  name: 'mem0',
  title: 'Mem0',
  source: 'https://docs.mem0.ai/api-reference',
  words: ['mem0api'],
  rules: [
    { id: 'api-key', kind: 'key', keywords: ['m0-'], pattern: /m0-[A-Za-z0-9]{38,44}/ },
  ],
};
