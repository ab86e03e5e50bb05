import type { Family } from '../family.ts';

export const vultr: Family = {
  name: 'vultr',
  title: 'Vultr',
  source: 'https://www.vultr.com/api/#section/Authentication',
  words: ['vultr'],
};
