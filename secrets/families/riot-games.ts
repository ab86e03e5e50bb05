import type { Family } from '../family.ts';

export const riotGames: Family = {
  name: 'riot-games',
  title: 'Riot Games',
  source: 'https://developer.riotgames.com/docs/portal',
  words: ['riotgames'],
  rules: [
    {
      id: 'key',
      kind: 'key',
      keywords: ['RGAPI-'],
      pattern: /RGAPI-[A-Za-z0-9]{8}-[A-Za-z0-9]{4}-[A-Za-z0-9]{4}-[A-Za-z0-9]{4}-[A-Za-z0-9]{12}/,
    },
  ],
};
