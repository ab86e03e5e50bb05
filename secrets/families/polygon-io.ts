import type { Family } from '../family.ts';

export const polygonIo: Family = {
  name: 'polygon-io',
  title: 'Polygon.io',
  source: 'https://polygon.io/docs/rest/quickstart',
  words: ['polygonapi', 'polygonio'],
};
