import type { Family } from '../family.ts';

export const hubspot: Family = {
  name: 'hubspot',
  title: 'HubSpot',
  source: 'https://developers.hubspot.com/docs/api/private-apps',
  words: ['hubspot'],
  rules: [
    { id: 'private-app', keywords: ['pat-na', 'pat-eu', 'pat-ap'], pattern: /pat-(?:na|eu|ap)\d{1,2}-[A-Za-z0-9-]{36}/ },
  ],
};
