import type { Family } from '../family.ts';

export const mux: Family = {
  name: 'mux',
  title: 'Mux',
  source: 'https://docs.mux.com/core/make-api-requests',
};
