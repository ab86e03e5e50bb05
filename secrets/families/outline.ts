import type { Family } from '../family.ts';

export const outline: Family = {
  name: 'outline',
  title: 'Outline',
  source: 'https://www.getoutline.com/developers',
  words: ['getoutline', 'outlineapi'],
  rules: [
    { id: 'token', keywords: ['ol_api_'], pattern: /ol_api_[A-Za-z0-9]{30,50}/ },
  ],
};
