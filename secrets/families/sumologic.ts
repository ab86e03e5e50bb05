import type { Family } from '../family.ts';

export const sumologic: Family = {
  name: 'sumologic',
  title: 'Sumo Logic',
  source: 'https://help.sumologic.com/docs/manage/security/access-keys/',
  words: ['sumologic'],
  rules: [
    {
      id: 'access-id',
      kind: 'key',
      keywords: ['sumo'],
      near: [0, 60],
      pattern: /(?<![A-Za-z0-9])su[A-Za-z0-9]{12}(?![A-Za-z0-9])/,
      checks: ['mixed'],
    },
  ],
};
