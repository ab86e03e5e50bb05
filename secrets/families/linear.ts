import type { Family } from '../family.ts';

export const linear: Family = {
  name: 'linear',
  title: 'Linear',
  source: 'https://developers.linear.app/docs/graphql/working-with-the-graphql-api',
  words: ['linearapp'],
  rules: [
    { id: 'key', kind: 'key', keywords: ['lin_api_', 'lin_oauth_', 'lin_wh_'], pattern: /lin_(?:api|oauth|wh)_[A-Za-z0-9]{36,64}/ },
  ],
};
