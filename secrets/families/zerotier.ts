import type { Family } from '../family.ts';

export const zerotier: Family = {
  name: 'zerotier',
  title: 'ZeroTier',
  source: 'https://docs.zerotier.com',
  words: ['zerotier'],
};
