import type { Family } from '../family.ts';

export const hashicorpVault: Family = {
  name: 'hashicorp-vault',
  title: 'HashiCorp Vault',
  source: 'https://developer.hashicorp.com/vault/docs/concepts/tokens',
  rules: [
    { id: 'token', keywords: ['hvs.', 'hvb.', 'hvr.'], pattern: /hv[sbr]\.[A-Za-z0-9_-]{20,300}/ },
    {
      id: 'legacy-token',
      keywords: ['vault', 'root_token', 'rootToken', 'client_token', 'clientToken', 'token'],
      near: [0, 60],
      pattern: /(?<![A-Za-z0-9_./-])[sbr]\.[A-Za-z0-9]{24}(?:\.[A-Za-z0-9]{5})?(?![A-Za-z0-9_./-])/,
      checks: ['mixed'],
    },
    {
      id: 'unseal-key',
      kind: 'key',
      keywords: ['unseal', 'recovery'],
      near: [0, 40],
      pattern: /Key(?: \d{1,2})?: {1,4}(?<secret>[A-Za-z0-9+/=]{40,70})/,
    },
  ],
};
