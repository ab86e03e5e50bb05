import type { Family } from '../family.ts';

export const jwks: Family = {
  name: 'jwks',
  title: 'JSON Web Keys',
  source: 'https://www.rfc-editor.org/rfc/rfc7517',
  rules: [
    {
      id: 'private-part',
      kind: 'private-key',
      keywords: ['"kty"', '\\"kty\\"'],
      near: [400, 1200],
      pattern: /\\{0,3}"(?:d|p|q|dp|dq|qi|k)\\{0,3}"\s{0,3}:\s{0,3}\\{0,3}"(?<secret>[A-Za-z0-9_+/-]{16,800}={0,2})/,
    },
    {
      // Without the type beside it: what is only ever the exponent of a private key, at the length of the shortest curve and up.
      id: 'private-exponent',
      kind: 'private-key',
      keywords: ['"d":', '"dp":', '"dq":', '"qi":', '"d" :'],
      near: [0, 820],
      pattern: /^"(?:d|dp|dq|qi)"\s{0,3}:\s{0,3}"(?<secret>[A-Za-z0-9_-]{43,800})(?=")/,
      checks: ['random', 'mixed'],
    },
  ],
};
