import type { Family } from '../family.ts';

export const grafana: Family = {
  name: 'grafana',
  title: 'Grafana',
  source: 'https://grafana.com/docs/grafana/latest/administration/service-accounts/',
  rules: [
    { id: 'service-account-token', keywords: ['glsa_'], pattern: /glsa_[A-Za-z0-9]{32}_[A-Fa-f0-9]{8}/ },
    { id: 'cloud-token', keywords: ['glc_'], pattern: /glc_[A-Za-z0-9+/_-]{32,400}={0,3}/ },
    { id: 'api-key', kind: 'key', keywords: ['eyJrIjoi'], pattern: /eyJrIjoi[A-Za-z0-9+/_-]{60,400}={0,3}/ },
  ],
};
