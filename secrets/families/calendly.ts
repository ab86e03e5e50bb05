import type { Family } from '../family.ts';

export const calendly: Family = {
  name: 'calendly',
  title: 'Calendly',
  source: 'https://developer.calendly.com',
  words: ['calendly'],
};
