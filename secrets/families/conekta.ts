import type { Family } from '../family.ts';

export const conekta: Family = {
  name: 'conekta',
  title: 'Conekta',
  source: 'https://developers.conekta.com/docs/api-keys-producci%C3%B3n',
  words: ['conekta'],
};
