import type { Family } from '../family.ts';

export const dynatrace: Family = {
  name: 'dynatrace',
  title: 'Dynatrace',
  source: 'https://docs.dynatrace.com/docs/manage/access-control/access-tokens',
  words: ['dynatrace'],
  rules: [
    {
      id: 'token',
      keywords: ['dt0c01.', 'dt0s01.', 'dt0s02.', 'dt0s08.', 'dt0s16.', 'dt0s06.', 'dt0s0'],
      pattern: /dt0[cs]\d\d\.[A-Z0-9]{6,24}(?:-[A-Z0-9]{1,8})?\.[A-Z0-9]{40,64}/,
    },
  ],
};
