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
  ],
};
