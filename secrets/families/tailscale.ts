import type { Family } from '../family.ts';

export const tailscale: Family = {
  name: 'tailscale',
  title: 'Tailscale',
  source: 'https://tailscale.com/kb/1085/auth-keys',
  words: ['tailscale'],
  rules: [
    {
      id: 'key',
      kind: 'key',
      keywords: ['tskey-'],
      pattern: /tskey-(?:[a-z]{2,10}-)?[A-Za-z0-9]{10,24}(?:CNTRL)?-[A-Za-z0-9]{16,60}|tskey-[A-Za-z0-9-]{20,80}/,
    },
  ],
};
