import type { Family } from '../family.ts';

export const neon: Family = {
  name: 'neon',
  title: 'Neon',
  source: 'https://neon.tech/docs/manage/api-keys',
  words: ['neondb'],
  rules: [
    { id: 'key', kind: 'key', keywords: ['napi_'], pattern: /napi_[a-z0-9]{60,70}/ },
    { id: 'password', kind: 'password', keywords: ['npg_'], pattern: /npg_[A-Za-z0-9]{12,20}/ },
  ],
};
