import type { Family } from '../family.ts';

export const shopify: Family = {
  name: 'shopify',
  title: 'Shopify',
  source: 'https://shopify.dev/docs/apps/build/authentication-authorization',
  words: ['shopify'],
  rules: [
    {
      id: 'token',
      keywords: ['shpat_', 'shpca_', 'shppa_', 'shpss_', 'shptka_', 'shpua_', 'shpit_'],
      pattern: /shp(?:at|ca|pa|ss|tka|ua|it)_[A-Fa-f0-9]{32}/,
    },
  ],
};
