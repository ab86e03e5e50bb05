import type { Family } from '../family.ts';

export const replit: Family = {
  name: 'replit',
  title: 'Replit',
  source: 'https://docs.replit.com',
  words: ['replittoken'],
};
