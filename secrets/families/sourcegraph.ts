import type { Family } from '../family.ts';

export const sourcegraph: Family = {
  name: 'sourcegraph',
  title: 'Sourcegraph',
  source: 'https://sourcegraph.com/docs/cli/how-tos/creating_an_access_token',
  words: ['sourcegraph'],
  rules: [
    {
      id: 'token',
      keywords: ['sgp_', 'sgd_', 'slk_', 'sgs_', 'sgph_'],
      pattern: /sg(?:p|d|s|ph)_(?:[a-fA-F0-9]{16}_|local_)?[a-fA-F0-9]{40}|slk_[a-f0-9]{64}|sgph_[A-Za-z0-9_]{40,80}/,
    },
  ],
};
