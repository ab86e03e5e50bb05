import type { Family } from '../family.ts';

export const zilliz: Family = {
  name: 'zilliz',
  title: 'Zilliz',
  source: 'https://docs.zilliz.com',
  words: ['zilliz'],
};
