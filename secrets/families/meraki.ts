import type { Family } from '../family.ts';

export const meraki: Family = {
  name: 'meraki',
  title: 'Cisco Meraki',
  source: 'https://developer.cisco.com/meraki/api-v1/authorization/',
  words: ['meraki'],
};
