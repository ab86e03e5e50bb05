import type { Family } from '../family.ts';

export const portkey: Family = {
  name: 'portkey',
  title: 'Portkey',
  source: 'https://portkey.ai/docs/api-reference/inference-api/authentication',
  words: ['portkey'],
};
