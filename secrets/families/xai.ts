import type { Family } from '../family.ts';

export const xai: Family = {
  name: 'xai',
  title: 'xAI',
  source: 'https://docs.x.ai',
  rules: [
    { id: 'key', kind: 'key', keywords: ['xai-'], pattern: /xai-[A-Za-z0-9_-]{60,100}/ },
  ],
};
