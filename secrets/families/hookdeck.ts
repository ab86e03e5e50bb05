import type { Family } from '../family.ts';

export const hookdeck: Family = {
  name: 'hookdeck',
  title: 'Hookdeck',
  source: 'https://hookdeck.com/docs/api',
  words: ['hookdeck'],
};
