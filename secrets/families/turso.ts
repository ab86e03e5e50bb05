import type { Family } from '../family.ts';

export const turso: Family = {
  name: 'turso',
  title: 'Turso',
  source: 'https://docs.turso.tech',
  words: ['turso'],
};
