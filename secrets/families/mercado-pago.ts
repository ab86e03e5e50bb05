import type { Family } from '../family.ts';

export const mercadoPago: Family = {
  name: 'mercado-pago',
  title: 'Mercado Pago',
  source: 'https://www.mercadopago.com/developers/en/docs',
  words: ['mercadopago'],
  rules: [
    {
      id: 'token',
      keywords: ['APP_USR-', 'TEST-0', 'TEST-1', 'TEST-2', 'TEST-3', 'TEST-4', 'TEST-5', 'TEST-6', 'TEST-7', 'TEST-8', 'TEST-9'],
      pattern: /(?:APP_USR|TEST)-\d{10,20}-\d{6}-[a-f0-9_]{32,40}-\d{5,12}/,
    },
  ],
};
