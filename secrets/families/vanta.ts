import type { Family } from '../family.ts';

export const vanta: Family = {
  name: 'vanta',
  title: 'Vanta',
  source: 'https://developer.vanta.com',
  words: ['vanta'],
  rules: [
    { id: 'token', keywords: ['vat_', 'vci_', 'vcs_', 'vrt_'], pattern: /v(?:at|ci|cs|rt)_[A-Za-z0-9]{6,10}_[A-Za-z0-9]{24,70}/ },
  ],
};
