import type { Family } from '../family.ts';

export const sanity: Family = {
  name: 'sanity',
  title: 'Sanity',
  source: 'https://www.sanity.io/docs/http-auth',
  words: ['sanity'],
  rules: [
    {
      id: 'token',
      keywords: ['sanity'],
      near: [0, 60],
      pattern: /(?<![A-Za-z0-9])sk[A-Za-z0-9]{80,190}(?![A-Za-z0-9])/,
      checks: ['mixed'],
    },
  ],
};
