import type { Family } from '../family.ts';

export const portainer: Family = {
  name: 'portainer',
  title: 'Portainer',
  source: 'https://docs.portainer.io/api/access',
  words: ['portainer'],
  rules: [
    { id: 'token', keywords: ['ptr_'], pattern: /ptr_[A-Za-z0-9/_+-]{20,60}={0,2}/ },
  ],
};
