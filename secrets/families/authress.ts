import type { Family } from '../family.ts';

export const authress: Family = {
  name: 'authress',
  title: 'Authress',
  source: 'https://authress.io/knowledge-base/docs/authorization/service-clients/secrets-scanning',
  words: ['authress'],
  rules: [
    {
      id: 'service-key',
      kind: 'key',
      keywords: ['sc_', 'ext_', 'scauth_', 'authress_'],
      pattern: /(?:sc|ext|scauth|authress)_[a-z0-9]{5,30}\.[a-z0-9]{4,6}\.(?:acc)?[_-]?[a-z0-9-]{10,32}\.[a-z0-9+/_=-]{30,120}/,
    },
  ],
};
