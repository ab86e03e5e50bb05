import type { Family } from '../family.ts';

export const definedNetworking: Family = {
  name: 'defined-networking',
  title: 'Defined Networking',
  source: 'https://docs.defined.net',
  rules: [
    { id: 'token', keywords: ['dnkey-'], pattern: /dnkey-[A-Za-z0-9=_-]{26}-[A-Za-z0-9=_-]{40,60}/ },
  ],
};
