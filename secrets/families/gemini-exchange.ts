import type { Family } from '../family.ts';

export const geminiExchange: Family = {
  name: 'gemini-exchange',
  title: 'Gemini exchange',
  source: 'https://docs.gemini.com/rest-api/',
  rules: [
    { id: 'key', kind: 'key', keywords: ['master-', 'account-'], pattern: /(?:master|account)-[A-Za-z0-9]{20}/, checks: ['mixed'] },
  ],
};
