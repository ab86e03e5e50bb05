import type { Family } from '../family.ts';

export const speakeasy: Family = {
  name: 'speakeasy',
  title: 'Speakeasy',
  source: 'https://www.speakeasy.com/docs',
  words: ['speakeasy'],
};
