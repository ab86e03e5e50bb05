import type { Family } from '../family.ts';

export const posthog: Family = {
  name: 'posthog',
  title: 'PostHog',
  source: 'https://posthog.com/docs/api',
  words: ['posthog'],
  rules: [
    { id: 'key', kind: 'key', keywords: ['phx_', 'phc_', 'phs_', 'pha_', 'phr_'], pattern: /ph[xcsar]_[A-Za-z0-9]{40,60}/ },
  ],
};
