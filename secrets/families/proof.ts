import type { Family } from '../family.ts';

export const proof: Family = {
  name: 'proof',
  title: 'Proof (Notarize)',
  source: 'https://dev.proof.com',
  rules: [
    { id: 'key', kind: 'key', keywords: ['prf_'], pattern: /prf_[a-z]{2,10}_[A-Za-z0-9_]{30,60}/ },
  ],
};
