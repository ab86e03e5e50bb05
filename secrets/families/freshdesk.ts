import type { Family } from '../family.ts';

export const freshdesk: Family = {
  name: 'freshdesk',
  title: 'Freshworks',
  source: 'https://developers.freshdesk.com/api/',
  words: ['freshdesk', 'freshworks', 'freshservice'],
};
