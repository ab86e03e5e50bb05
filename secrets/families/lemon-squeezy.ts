import type { Family } from '../family.ts';

export const lemonSqueezy: Family = {
  name: 'lemon-squeezy',
  title: 'Lemon Squeezy',
  source: 'https://docs.lemonsqueezy.com/api',
  words: ['lemonsqueezy'],
};
