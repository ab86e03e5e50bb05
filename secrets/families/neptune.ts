import type { Family } from '../family.ts';

export const neptune: Family = {
  name: 'neptune',
  title: 'neptune.ai',
  source: 'https://docs.neptune.ai/setup/setting_api_token/',
  words: ['neptuneapi'],
  rules: [
    { id: 'token', keywords: ['eyJhcGlfYWRkcmVzcyI6'], pattern: /eyJhcGlfYWRkcmVzcyI6[A-Za-z0-9+/_-]{60,500}={0,2}/ },
  ],
};
