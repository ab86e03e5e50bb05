import type { Family } from '../family.ts';

export const unstructured: Family = {
  name: 'unstructured',
  title: 'Unstructured',
  source: 'https://docs.unstructured.io/api-reference/overview',
  words: ['unstructuredapi'],
};
