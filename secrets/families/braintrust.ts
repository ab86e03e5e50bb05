import type { Family } from '../family.ts';

export const braintrust: Family = {
  name: 'braintrust',
  title: 'Braintrust',
  source: 'https://www.braintrust.dev/docs/guides/access-control',
  words: ['braintrust'],
};
