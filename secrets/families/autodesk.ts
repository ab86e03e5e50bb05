import type { Family } from '../family.ts';

export const autodesk: Family = {
  name: 'autodesk',
  title: 'Autodesk',
  source: 'https://aps.autodesk.com/developer/documentation',
  words: ['autodesk'],
};
