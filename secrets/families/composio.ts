import type { Family } from '../family.ts';

export const composio: Family = {
  name: 'composio',
  title: 'Composio',
  source: 'https://docs.composio.dev',
  words: ['composio'],
  rules: [
    { id: 'key', kind: 'key', keywords: ['ak_'], pattern: /ak_[A-Za-z0-9_-]{20,40}/, checks: ['mixed'] },
  ],
};
