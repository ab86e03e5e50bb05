import type { Family } from '../family.ts';

export const ankr: Family = {
  name: 'ankr',
  title: 'Ankr',
  source: 'https://www.ankr.com/docs/rpc-service/getting-started/basics-ankr/',
  words: ['ankr'],
  rules: [
    { id: 'url', kind: 'key', keywords: ['rpc.ankr.com'], pattern: /rpc\.ankr\.com\/[a-z0-9_/]{2,60}\/(?<secret>[a-f0-9]{40,80})/ },
  ],
};
