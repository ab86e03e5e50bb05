import type { Family } from '../family.ts';

export const trello: Family = {
  name: 'trello',
  title: 'Trello',
  source: 'https://developer.atlassian.com/cloud/trello/guides/rest-api/authorization/',
  rules: [
    { id: 'token', keywords: ['ATTA'], pattern: /ATTA[A-Za-z0-9]{60,80}/ },
  ],
};
