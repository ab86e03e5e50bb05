import type { Family } from '../family.ts';

export const salesforce: Family = {
  name: 'salesforce',
  title: 'Salesforce',
  source: 'https://help.salesforce.com/s/articleView?id=sf.connected_app_overview.htm',
  words: ['salesforce'],
  rules: [
    { id: 'session-id', keywords: ['00D', '00M'], pattern: /00[A-Z][A-Za-z0-9]{12,15}![A-Za-z0-9_.]{80,200}/ },
    { id: 'refresh-token', keywords: ['5Aep861'], pattern: /5Aep861[A-Za-z0-9._]{60,100}/ },
    { id: 'consumer-key', kind: 'key', keywords: ['3MVG9'], pattern: /3MVG9[A-Za-z0-9._]{70,110}/ },
  ],
};
