import type { Family } from '../family.ts';

export const vercel: Family = {
  name: 'vercel',
  title: 'Vercel',
  source: 'https://vercel.com/docs/rest-api#authentication',
  words: ['vercel'],
  rules: [
    {
      id: 'token',
      keywords: ['vcp_', 'vci_', 'vca_', 'vcr_', 'vck_', 'vercel_blob_rw_'],
      pattern: /vc[piark]_[A-Za-z0-9_-]{24,80}|vercel_blob_rw_[A-Za-z0-9_]{20,80}/,
    },
  ],
};
