import type { Family } from '../family.ts';

export const yubico: Family = {
  name: 'yubico',
  title: 'Yubico',
  source: 'https://www.yubico.com/products/yubico-authenticator/',
  words: ['yubicosecret', 'yubicloud'],
};
