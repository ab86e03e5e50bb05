import type { Family } from '../family.ts';

export const prismaCloud: Family = {
  name: 'prisma-cloud',
  title: 'Prisma Cloud',
  source: 'https://pan.dev/prisma-cloud',
  words: ['prismacloud'],
};
