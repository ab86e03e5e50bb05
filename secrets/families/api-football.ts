import type { Family } from '../family.ts';

export const apiFootball: Family = {
  name: 'api-football',
  title: 'API-Football',
  source: 'https://www.api-football.com/documentation-v3',
  words: ['apifootball'],
};
