import type { Family } from '../family.ts';

export const gitguardian: Family = {
  name: 'gitguardian',
  title: 'GitGuardian',
  source: 'https://docs.gitguardian.com',
  words: ['gitguardian'],
};
