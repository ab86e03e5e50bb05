import type { Family } from '../family.ts';

export const pingdom: Family = {
  name: 'pingdom',
  title: 'Pingdom',
  source: 'https://docs.pingdom.com',
  words: ['pingdom'],
};
