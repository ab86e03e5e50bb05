import type { Family } from '../family.ts';

export const wireguard: Family = {
  name: 'wireguard',
  title: 'WireGuard',
  source: 'https://www.wireguard.com/#cryptokey-routing',
  rules: [
    {
      id: 'private-key',
      kind: 'private-key',
      keywords: ['PrivateKey', 'PresharedKey'],
      pattern: /(?:PrivateKey|PresharedKey) {0,4}= {0,4}(?<secret>[A-Za-z0-9+/]{43}=)/,
    },
  ],
};
