import type { Family } from '../family.ts';

export const zendesk: Family = {
  name: 'zendesk',
  title: 'Zendesk',
  source: 'https://developer.zendesk.com/api-reference/introduction/security-and-auth/',
  words: ['zendesk'],
};
