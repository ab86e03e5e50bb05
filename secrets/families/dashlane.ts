import type { Family } from '../family.ts';

export const dashlane: Family = {
  name: 'dashlane',
  title: 'Dashlane',
  source: 'https://developers.dashlane.com',
  words: ['dashlane'],
  rules: [
    { id: 'key', kind: 'key', keywords: ['dls_'], pattern: /dls_[A-Z0-9]{12,40}_[A-Za-z0-9]{40,160}/ },
  ],
};
