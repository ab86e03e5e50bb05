import type { Family } from '../family.ts';

export const freemius: Family = {
  name: 'freemius',
  title: 'Freemius',
  source: 'https://freemius.com/help/documentation/',
  words: ['freemius'],
  rules: [
    { id: 'secret-key', kind: 'key', keywords: ['secret_key', 'freemius'], near: [0, 30], pattern: /sk_[^\s"'\\]{29}/ },
  ],
};
