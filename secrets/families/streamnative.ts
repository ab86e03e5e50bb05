import type { Family } from '../family.ts';

export const streamnative: Family = {
  name: 'streamnative',
  title: 'StreamNative',
  source: 'https://docs.streamnative.io',
  words: ['streamnative'],
};
