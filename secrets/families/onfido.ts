import type { Family } from '../family.ts';

export const onfido: Family = {
  name: 'onfido',
  title: 'Onfido',
  source: 'https://documentation.onfido.com/api/latest/#authentication',
  words: ['onfido'],
  rules: [
    { id: 'token', keywords: ['api_live.', 'api_sandbox.', 'api_live_us.', 'api_live_ca.'], pattern: /api_(?:live|sandbox)(?:_us|_ca)?\.[A-Za-z0-9_-]{8,40}\.[A-Za-z0-9_-]{24,60}/ },
  ],
};
