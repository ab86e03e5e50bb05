import type { Family } from '../family.ts';

export const keeper: Family = {
  name: 'keeper',
  title: 'Keeper Secrets Manager',
  source: 'https://docs.keeper.io',
  rules: [
    { id: 'token', keywords: ['US:', 'EU:', 'AU:', 'GOV:'], pattern: /(?:US|EU|AU|GOV|JP|CA):[A-Za-z0-9_-]{43}/, checks: ['mixed'] },
  ],
};
