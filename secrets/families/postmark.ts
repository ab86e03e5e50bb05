import type { Family } from '../family.ts';

export const postmark: Family = {
  name: 'postmark',
  title: 'Postmark',
  source: 'https://postmarkapp.com/developer/api/overview',
  words: ['postmark'],
};
