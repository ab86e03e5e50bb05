import type { Family } from '../family.ts';

export const rails: Family = {
  name: 'rails',
  title: 'Ruby on Rails',
  source: 'https://guides.rubyonrails.org/security.html#custom-credentials',
  rules: [
    {
      id: 'master-key',
      kind: 'key',
      keywords: ['master.key', 'rails_master_key'],
      near: [0, 40],
      pattern: /(?<![a-f0-9])[a-f0-9]{32}(?![a-f0-9])/,
    },
    { id: 'enterprise-token', keywords: ['bundle_enterprise', 'bundle_gems'], near: [0, 80], pattern: /[a-f0-9]{8}:[a-f0-9]{8}/ },
  ],
};
