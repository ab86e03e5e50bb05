import type { Family } from '../family.ts';

export const roboflow: Family = {
  name: 'roboflow',
  title: 'Roboflow',
  source: 'https://docs.roboflow.com/developer/authentication/find-your-roboflow-api-key',
  words: ['roboflow'],
};
