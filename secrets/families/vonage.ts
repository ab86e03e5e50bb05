import type { Family } from '../family.ts';

export const vonage: Family = {
  name: 'vonage',
  title: 'Vonage',
  source: 'https://developer.vonage.com/en/getting-started/concepts/authentication',
  words: ['vonage', 'nexmo'],
};
