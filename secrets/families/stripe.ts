import type { Family } from '../family.ts';

export const stripe: Family = {
  name: 'stripe',
  title: 'Stripe',
  source: 'https://docs.stripe.com/keys',
  rules: [
    {
      id: 'key',
      kind: 'key',
      keywords: ['sk_live_', 'sk_test_', 'rk_live_', 'rk_test_', 'sk_prod_', 'rk_prod_', 'sk_org_', 'pk_live_', 'pk_test_'],
      pattern: /[psr]k_(?:live|test|prod|org)_[A-Za-z0-9_]{10,250}/,
    },
    { id: 'webhook-secret', kind: 'key', keywords: ['whsec_'], pattern: /whsec_[A-Za-z0-9+/=]{24,70}/ },
  ],
};
