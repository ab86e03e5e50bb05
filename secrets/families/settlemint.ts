import type { Family } from '../family.ts';

export const settlemint: Family = {
  name: 'settlemint',
  title: 'SettleMint',
  source: 'https://console.settlemint.com/documentation/',
  words: ['settlemint'],
  rules: [
    { id: 'token', keywords: ['sm_pat_', 'sm_sat_', 'sm_aat_'], pattern: /sm_[psa]at_[A-Za-z0-9]{16,40}/ },
  ],
};
