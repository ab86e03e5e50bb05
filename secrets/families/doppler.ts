import type { Family } from '../family.ts';

export const doppler: Family = {
  name: 'doppler',
  title: 'Doppler',
  source: 'https://docs.doppler.com/reference/auth-token-formats',
  words: ['doppler'],
  rules: [
    {
      id: 'token',
      keywords: ['dp.pt.', 'dp.st.', 'dp.ct.', 'dp.sa.', 'dp.scim.', 'dp.audit.', 'dp.said.'],
      pattern: /dp\.(?:pt|st|ct|sa|scim|audit|said)\.(?:[a-z0-9_-]{2,35}\.)?[A-Za-z0-9]{40,44}/,
    },
  ],
};
