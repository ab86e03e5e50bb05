import type { Family } from '../family.ts';

export const checkout: Family = {
  name: 'checkout',
  title: 'Checkout.com',
  source: 'https://www.checkout.com/docs/developer-resources/api/api-authentication',
  rules: [
    { id: 'secret-key', kind: 'key', keywords: ['sk_'], pattern: /sk_(?:sbox_)?[a-z2-7]{26,28}[a-z*#$=]?/, checks: ['letters-and-digits'] },
  ],
};
