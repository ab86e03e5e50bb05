import type { Family } from '../family.ts';

export const inngest: Family = {
  name: 'inngest',
  title: 'Inngest',
  source: 'https://www.inngest.com/docs',
  words: ['inngest'],
  rules: [
    { id: 'signing-key', kind: 'key', keywords: ['signkey-'], pattern: /signkey-(?:prod|test|branch|staging)-[a-f0-9]{32,64}/ },
  ],
};
