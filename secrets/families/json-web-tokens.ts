import type { Family } from '../family.ts';

export const jsonWebTokens: Family = {
  name: 'jwt',
  title: 'JSON Web Tokens',
  source: 'https://www.rfc-editor.org/rfc/rfc7519',
  rules: [
    {
      id: 'compact',
      kind: 'jwt',
      keywords: ['eyJ'],
      needs: '.',
      pattern: /eyJ[\w-]{10,2000}={0,2}\.[\w-]{10,8000}={0,2}(?:\.[\w-]{0,8000}={0,2}){0,3}/,
      checks: ['jwt'],
    },
  ],
};
