import type { Family } from '../family.ts';

export const logrocket: Family = {
  name: 'logrocket',
  title: 'LogRocket',
  source: 'https://docs.logrocket.com/reference/authentication',
  words: ['logrocket'],
};
