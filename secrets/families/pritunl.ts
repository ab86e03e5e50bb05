import type { Family } from '../family.ts';

export const pritunl: Family = {
  name: 'pritunl',
  title: 'Pritunl',
  source: 'https://docs.pritunl.com/docs/api',
  words: ['pritunl'],
};
