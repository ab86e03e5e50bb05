import type { Family } from '../family.ts';

export const datadog: Family = {
  name: 'datadog',
  title: 'Datadog',
  source: 'https://docs.datadoghq.com/account_management/api-app-keys/',
  words: ['datadog'],
  rules: [
    { id: 'app-key', kind: 'key', keywords: ['ddapp_', 'ddpat_', 'ddsat_'], pattern: /dd(?:app|pat|sat)_[A-Za-z0-9_-]{30,60}/ },
    {
      id: 'rum-client-token',
      keywords: ['datadog', 'dd_', 'clienttoken', 'client_token'],
      near: [0, 60],
      pattern: /(?<![A-Za-z0-9])pub[a-f0-9]{32}/,
    },
    {
      id: 'key',
      kind: 'key',
      keywords: ['datadog', 'dd_api', 'dd_app', 'dd-api', 'dd-app', 'ddog'],
      near: [0, 80],
      pattern: /(?<![A-Za-z0-9])(?:[a-f0-9]{40}|[a-f0-9]{32})(?![A-Za-z0-9])/,
    },
  ],
};
