import type { Family } from '../family.ts';

export const upstage: Family = {
  name: 'upstage',
  title: 'Upstage',
  source: 'https://console.upstage.ai/docs/getting-started',
  words: ['upstage'],
  rules: [
    { id: 'api-key', kind: 'key', keywords: ['up_'], pattern: /up_[A-Za-z0-9]{29,40}/, checks: ['mixed'] },
  ],
};
