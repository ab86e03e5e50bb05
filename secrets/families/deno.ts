import type { Family } from '../family.ts';

export const deno: Family = {
  name: 'deno',
  title: 'Deno Deploy',
  source: 'https://docs.deno.com/deploy/manual/',
  words: ['deno_deploy'],
  rules: [
    { id: 'token', keywords: ['ddp_', 'ddw_', 'ddo_'], pattern: /dd[pwo]_[A-Za-z0-9]{36,40}/ },
  ],
};
