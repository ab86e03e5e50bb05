import type { Family } from '../family.ts';

export const knock: Family = {
  name: 'knock',
  title: 'Knock',
  source: 'https://docs.knock.app',
};
