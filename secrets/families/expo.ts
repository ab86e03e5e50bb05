import type { Family } from '../family.ts';

export const expo: Family = {
  name: 'expo',
  title: 'Expo',
  source: 'https://docs.expo.dev/accounts/programmatic-access/',
};
