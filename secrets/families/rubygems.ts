import type { Family } from '../family.ts';

export const rubygems: Family = {
  name: 'rubygems',
  title: 'RubyGems',
  source: 'https://guides.rubygems.org/api-key-scopes/',
  words: ['rubygems'],
  rules: [
    { id: 'key', kind: 'key', keywords: ['rubygems_'], pattern: /rubygems_[a-f0-9]{48}/ },
  ],
};
