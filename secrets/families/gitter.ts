import type { Family } from '../family.ts';

export const gitter: Family = {
  name: 'gitter',
  title: 'Gitter',
  source: 'https://developer.gitter.im/docs/authentication',
  words: ['gitter'],
};
