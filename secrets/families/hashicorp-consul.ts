import type { Family } from '../family.ts';

export const hashicorpConsul: Family = {
  name: 'hashicorp-consul',
  title: 'HashiCorp Consul and Nomad',
  source: 'https://developer.hashicorp.com/consul/docs/security/acl/tokens',
  rules: [
    {
      id: 'gossip-key',
      kind: 'key',
      keywords: ['encrypt"', 'encrypt =', 'encrypt='],
      near: [0, 80],
      pattern: /^encrypt\\{0,3}"?\s{0,3}[:=]\s{0,3}\\{0,3}"(?<secret>[A-Za-z0-9+/]{20,43}={1,2})\\{0,3}"/,
    },
    {
      id: 'secret-id',
      keywords: ['secretid', 'secret_id', 'x-consul-token', 'x-nomad-token', 'consul_http_token', 'nomad_token'],
      near: [0, 30],
      pattern: /[a-f0-9]{8}-[a-f0-9]{4}-[a-f0-9]{4}-[a-f0-9]{4}-[a-f0-9]{12}/,
    },
  ],
};
