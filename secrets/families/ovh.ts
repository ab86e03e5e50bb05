import type { Family } from '../family.ts';

export const ovh: Family = {
  name: 'ovh',
  title: 'OVHcloud',
  source: 'https://help.ovhcloud.com/csm/en-api-getting-started-ovhcloud-api',
  words: ['ovh'],
};
