import type { Family } from '../family.ts';

export const clojars: Family = {
  name: 'clojars',
  title: 'Clojars',
  source: 'https://github.com/clojars/clojars-web/wiki/Deploy-Tokens',
  words: ['clojars'],
  rules: [
    { id: 'token', keywords: ['CLOJARS_'], pattern: /CLOJARS_[a-z0-9]{58,62}/ },
  ],
};
