import type { Family } from '../family.ts';

export const zoom: Family = {
  name: 'zoom',
  title: 'Zoom',
  source: 'https://developers.zoom.us/docs/api/',
  words: ['zoom_jwt'],
};
