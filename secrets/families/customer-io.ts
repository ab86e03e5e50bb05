import type { Family } from '../family.ts';

export const customerIo: Family = {
  name: 'customer-io',
  title: 'Customer.io',
  source: 'https://customer.io/docs/api/',
  words: ['customerio'],
};
