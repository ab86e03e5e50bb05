import type { Family } from '../family.ts';

export const buildkite: Family = {
  name: 'buildkite',
  title: 'Buildkite',
  source: 'https://buildkite.com/docs/apis/managing-api-tokens',
  words: ['buildkite'],
  rules: [
    {
      id: 'token',
      keywords: ['bkua_', 'bkaj_', 'bkct_', 'bkpt_', 'bkrt_', 'bkus_', 'bkuat_', 'bkpat_'],
      pattern: /bk(?:ua|aj|ct|pt|rt|us|uat|pat)_[A-Za-z0-9]{36,64}/,
    },
  ],
};
