import type { Family } from '../family.ts';

export const kong: Family = {
  name: 'kong',
  title: 'Kong Konnect',
  source: 'https://developer.konghq.com/konnect-api/',
  words: ['konnect'],
  rules: [
    { id: 'token', keywords: ['kpat_', 'spat_'], pattern: /[ks]pat_[A-Za-z0-9]{40,100}/ },
  ],
};
