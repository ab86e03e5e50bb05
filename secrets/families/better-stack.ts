import type { Family } from '../family.ts';

export const betterStack: Family = {
  name: 'better-stack',
  title: 'Better Stack',
  source: 'https://betterstack.com/docs/uptime/api/getting-started-with-uptime-api/',
  words: ['betterstack', 'logtail'],
};
