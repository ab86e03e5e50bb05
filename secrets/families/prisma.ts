import type { Family } from '../family.ts';

export const prisma: Family = {
  name: 'prisma',
  title: 'Prisma',
  source: 'https://www.prisma.io/docs',
  words: ['prisma'],
};
