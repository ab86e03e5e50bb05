import type { Family } from '../family.ts';

export const daytona: Family = {
  name: 'daytona',
  title: 'Daytona',
  source: 'https://www.daytona.io/docs/en/api-keys/',
  words: ['daytona'],
  rules: [
    { id: 'api-key', kind: 'key', keywords: ['dtn_'], pattern: /dtn_[a-f0-9]{40,80}/ },
  ],
};
