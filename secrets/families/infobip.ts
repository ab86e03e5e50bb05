import type { Family } from '../family.ts';

export const infobip: Family = {
  name: 'infobip',
  title: 'Infobip',
  source: 'https://www.infobip.com/docs/essentials/api-authentication',
  words: ['infobip'],
  rules: [
    { id: 'api-key', keywords: ['infobip'], near: [0, 120], pattern: /[a-f0-9]{32}-[a-f0-9]{8}-[a-f0-9]{4}-[a-f0-9]{4}-[a-f0-9]{4}-[a-f0-9]{12}/ },
  ],
};
