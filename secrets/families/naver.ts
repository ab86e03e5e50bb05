import type { Family } from '../family.ts';

export const naver: Family = {
  name: 'naver',
  title: 'Naver Cloud',
  source: 'https://api.ncloud.com',
  words: ['naver', 'ncloud'],
};
