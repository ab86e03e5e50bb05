import type { Family } from '../family.ts';

export const boundary: Family = {
  name: 'boundary',
  title: 'HashiCorp Boundary',
  source: 'https://developer.hashicorp.com/boundary',
  rules: [
    { id: 'token', keywords: ['at_'], pattern: /at_[A-Za-z0-9]{10}_s1[A-Za-z0-9]{40,400}/ },
  ],
};
