import type { Family } from '../family.ts';

export const ai21: Family = {
  name: 'ai21',
  title: 'AI21 Labs',
  source: 'https://docs.ai21.com',
  words: ['ai21'],
};
