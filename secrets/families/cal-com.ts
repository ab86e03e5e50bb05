import type { Family } from '../family.ts';

export const calCom: Family = {
  name: 'cal-com',
  title: 'Cal.com',
  source: 'https://cal.com/docs/api-reference/v2/introduction',
  words: ['calcom'],
  rules: [
    { id: 'key', kind: 'key', keywords: ['cal_live_', 'cal_'], pattern: /cal_(?:live_|test_)?[a-f0-9]{30,40}/ },
  ],
};
