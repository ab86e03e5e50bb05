import type { Family } from '../family.ts';

export const guardian: Family = {
  name: 'guardian',
  title: 'The Guardian',
  source: 'https://open-platform.theguardian.com',
  words: ['guardianapi'],
};
