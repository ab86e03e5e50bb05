import type { Family } from '../family.ts';

export const sparkpost: Family = {
  name: 'sparkpost',
  title: 'SparkPost',
  source: 'https://developers.sparkpost.com',
  words: ['sparkpost'],
};
