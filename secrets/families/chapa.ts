import type { Family } from '../family.ts';

export const chapa: Family = {
  name: 'chapa',
  title: 'Chapa',
  source: 'https://developer.chapa.co/integrations/authentication',
  words: ['chapa'],
  rules: [
    { id: 'secret-key', kind: 'key', keywords: ['CHASECK-', 'CHASECK_TEST-'], pattern: /CHASECK(?:_TEST)?-[A-Za-z0-9]{20,48}/ },
  ],
};
