import type { Family } from '../family.ts';

export const adafruit: Family = {
  name: 'adafruit',
  title: 'Adafruit IO',
  source: 'https://io.adafruit.com/api/docs/',
  words: ['adafruit'],
  rules: [
    { id: 'key', kind: 'key', keywords: ['aio_'], pattern: /aio_[A-Za-z0-9]{28}/ },
  ],
};
