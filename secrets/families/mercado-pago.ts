import type { Family } from '../family.ts';

export const mercadoPago: Family = {
  name: 'mercado-pago',
  title: 'Mercado Pago',
  source: 'https://www.mercadopago.com/developers/en/docs',
  words: ['mercadopago'],
  rules: [
    { id: 'token', keywords: ['APP_USR-', 'TEST-'], pattern: /(?:APP_USR|TEST)-\d{10,20}-\d{6}-[a-f0-9_]{32,40}-\d{5,12}/ },
  ],
};
