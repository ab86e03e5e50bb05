import type { Family } from '../family.ts';

export const ubidots: Family = {
  name: 'ubidots',
  title: 'Ubidots',
  source: 'https://docs.ubidots.com',
  words: ['ubidots'],
  rules: [
    { id: 'token', keywords: ['BBFF-', 'BBUS-'], pattern: /BB(?:FF|US)-[A-Za-z0-9]{30,40}/ },
  ],
};
