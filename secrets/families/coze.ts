import type { Family } from '../family.ts';

export const coze: Family = {
  name: 'coze',
  title: 'Coze',
  source: 'https://www.coze.com/docs/developer_guides/authentication',
  words: ['coze'],
  rules: [
    { id: 'token', keywords: ['pat_', 'cztei_', 'sat_'], pattern: /(?:pat|cztei|sat)_[A-Za-z0-9]{60,70}/ },
  ],
};
