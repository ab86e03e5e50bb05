import type { Family } from '../family.ts';

export const twitter: Family = {
  name: 'twitter',
  title: 'X (Twitter)',
  source: 'https://developer.x.com/en/docs/authentication/overview',
  words: ['twitter'],
  rules: [
    { id: 'bearer', keywords: ['AAAAAAAAA'], pattern: /A{18,24}[A-Za-z0-9%]{60,120}/, checks: ['mixed'] },
    { id: 'access-token', keywords: ['twitter'], near: [0, 80], pattern: /(?<!\d)\d{8,20}-[A-Za-z0-9]{20,48}/, checks: ['mixed'] },
  ],
};
