import type { Family } from '../family.ts';

export const sidekiq: Family = {
  name: 'sidekiq',
  title: 'Sidekiq',
  source: 'https://github.com/sidekiq/sidekiq/wiki/Commercial-FAQ',
  rules: [
    {
      id: 'gem-credentials',
      kind: 'password',
      keywords: ['contribsys.com'],
      near: [40, 20],
      pattern: /(?<secret>[a-f0-9]{8}:[a-f0-9]{8})@(?:gems|enterprise)\.contribsys\.com/,
    },
  ],
};
