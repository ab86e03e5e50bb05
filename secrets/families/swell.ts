import type { Family } from '../family.ts';

export const swell: Family = {
  name: 'swell',
  title: 'Swell',
  source: 'https://developers.swell.is/backend-api/authentication',
  words: ['swellsecret'],
};
