import type { Family } from '../family.ts';

export const comet: Family = {
  name: 'comet',
  title: 'Comet',
  source: 'https://www.comet.com/docs/v2/guides/experiment-management/configure-sdk/',
  words: ['cometapi', 'cometml'],
};
