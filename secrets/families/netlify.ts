import type { Family } from '../family.ts';

export const netlify: Family = {
  name: 'netlify',
  title: 'Netlify',
  source: 'https://docs.netlify.com/api/get-started/#authentication',
  words: ['netlify'],
  rules: [
    { id: 'token', keywords: ['nfp_', 'nfc_', 'nfo_', 'nfu_', 'nfb_'], pattern: /nf[pcoub]_[A-Za-z0-9_]{36}/ },
  ],
};
