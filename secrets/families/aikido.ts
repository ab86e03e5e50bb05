import type { Family } from '../family.ts';

export const aikido: Family = {
  name: 'aikido',
  title: 'Aikido Security',
  source: 'https://apidocs.aikido.dev',
  words: ['aikido'],
  rules: [
    { id: 'client-secret', keywords: ['AIK_'], pattern: /AIK_(?:CLIENT|SECRET|CI|RUNTIME)_[A-Za-z0-9_-]{20,120}/ },
  ],
};
