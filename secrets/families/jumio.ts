import type { Family } from '../family.ts';

export const jumio: Family = {
  name: 'jumio',
  title: 'Jumio',
  source: 'https://docs.jumio.com/production/Content/Integration/Integration%20Channels/REST%20API/Authentication.htm',
  words: ['jumio'],
};
