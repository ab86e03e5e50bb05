import type { Family } from '../family.ts';

export const postman: Family = {
  name: 'postman',
  title: 'Postman',
  source: 'https://learning.postman.com/docs/developer/postman-api/authentication/',
  words: ['postman'],
  rules: [
    {
      id: 'key',
      kind: 'key',
      keywords: ['PMAK-', 'PMAT-'],
      pattern: /PMAK-[a-f0-9]{24}-[a-f0-9]{34}|PMAK-[A-Za-z0-9-]{50,70}|PMAT-[A-Z0-9]{26}/,
    },
  ],
};
