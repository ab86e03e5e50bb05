import type { Family } from '../family.ts';

export const triggerDev: Family = {
  name: 'trigger-dev',
  title: 'Trigger.dev',
  source: 'https://trigger.dev/docs/apikeys',
  words: ['triggerdev'],
  rules: [
    {
      id: 'key',
      kind: 'key',
      keywords: ['tr_dev_', 'tr_prod_', 'tr_stg_', 'tr_pat_'],
      pattern: /tr_(?:dev|prod|stg|pat|preview)_[A-Za-z0-9]{18,50}/,
    },
  ],
};
