import type { Family } from '../family.ts';

export const readme: Family = {
  name: 'readme',
  title: 'ReadMe',
  source: 'https://docs.readme.com/main/reference/intro/authentication',
  rules: [
    { id: 'key', kind: 'key', keywords: ['rdme_'], pattern: /rdme_[a-z0-9]{64,80}/ },
  ],
};
