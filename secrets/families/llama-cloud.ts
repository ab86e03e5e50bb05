import type { Family } from '../family.ts';

export const llamaCloud: Family = {
  name: 'llama-cloud',
  title: 'LlamaCloud',
  source: 'https://docs.cloud.llamaindex.ai',
  words: ['llamacloud'],
  rules: [
    { id: 'key', kind: 'key', keywords: ['llx-'], pattern: /llx-[A-Za-z0-9]{40,60}/ },
  ],
};
