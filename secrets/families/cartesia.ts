import type { Family } from '../family.ts';

export const cartesia: Family = {
  name: 'cartesia',
  title: 'Cartesia',
  source: 'https://docs.cartesia.ai',
  words: ['cartesia'],
  rules: [
    { id: 'key', kind: 'key', keywords: ['sk_car_'], pattern: /sk_car_[A-Za-z0-9_-]{20,60}/ },
  ],
};
