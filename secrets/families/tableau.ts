import type { Family } from '../family.ts';

export const tableau: Family = {
  name: 'tableau',
  title: 'Tableau',
  source: 'https://help.tableau.com/current/server/en-us/security_personal_access_tokens.htm',
  words: ['tableau'],
  rules: [
    { id: 'token', keywords: ['tableau'], near: [0, 120], pattern: /(?<![A-Za-z0-9+/])[A-Za-z0-9+/]{22}==:[A-Za-z0-9]{32}/ },
  ],
};
