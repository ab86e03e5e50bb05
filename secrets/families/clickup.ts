import type { Family } from '../family.ts';

export const clickup: Family = {
  name: 'clickup',
  title: 'ClickUp',
  source: 'https://clickup.com/api/developer-portal/authentication/',
  words: ['clickup'],
  rules: [
    { id: 'token', keywords: ['pk_'], pattern: /pk_\d{6,9}_[A-Z0-9]{32}/ },
  ],
};
