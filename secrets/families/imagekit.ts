import type { Family } from '../family.ts';

export const imagekit: Family = {
  name: 'imagekit',
  title: 'ImageKit',
  source: 'https://imagekit.io/docs',
  words: ['imagekit'],
  rules: [
    { id: 'private-key', kind: 'key', keywords: ['private_'], pattern: /private_[A-Za-z0-9+/=]{26,32}/, checks: ['mixed'] },
  ],
};
