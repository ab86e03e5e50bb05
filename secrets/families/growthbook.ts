import type { Family } from '../family.ts';

export const growthbook: Family = {
  name: 'growthbook',
  title: 'GrowthBook',
  source: 'https://docs.growthbook.io/api/',
  words: ['growthbook'],
  rules: [
    { id: 'secret-key', kind: 'key', keywords: ['secret_admin_', 'secret_user_', 'secret_readonly_'], pattern: /secret_(?:admin|user|readonly)_[A-Za-z0-9]{20,60}/ },
  ],
};
