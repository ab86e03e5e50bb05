import type { Family } from '../family.ts';

export const figma: Family = {
  name: 'figma',
  title: 'Figma',
  source: 'https://developers.figma.com/docs/rest-api/authentication/',
  words: ['figma'],
  rules: [
    { id: 'token', keywords: ['figd_', 'figdr_', 'figoh_', 'figor_', 'figo_'], pattern: /fig(?:d|dr|oh|or|o|ur|u)_[A-Za-z0-9_-]{38,60}/ },
  ],
};
