import type { Family } from '../family.ts';

export const typeform: Family = {
  name: 'typeform',
  title: 'Typeform',
  source: 'https://www.typeform.com/developers/get-started/personal-access-token/',
  words: ['typeform'],
  rules: [
    { id: 'token', keywords: ['tfp_'], pattern: /tfp_[A-Za-z0-9_.=-]{40,62}/ },
  ],
};
