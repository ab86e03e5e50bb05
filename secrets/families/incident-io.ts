import type { Family } from '../family.ts';

export const incidentIo: Family = {
  name: 'incident-io',
  title: 'incident.io',
  source: 'https://api-docs.incident.io',
  words: ['incidentio'],
};
