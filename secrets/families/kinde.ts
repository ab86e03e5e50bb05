import type { Family } from '../family.ts';

export const kinde: Family = {
  name: 'kinde',
  title: 'Kinde',
  source: 'https://docs.kinde.com/developer-tools/kinde-api/about-kinde-apis/',
  words: ['kinde'],
};
