import type { Family } from '../family.ts';

export const raygun: Family = {
  name: 'raygun',
  title: 'Raygun',
  source: 'https://raygun.com/documentation',
  words: ['raygun'],
};
