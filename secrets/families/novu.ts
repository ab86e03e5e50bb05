import type { Family } from '../family.ts';

export const novu: Family = {
  name: 'novu',
  title: 'Novu',
  source: 'https://docs.novu.co',
};
