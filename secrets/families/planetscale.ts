import type { Family } from '../family.ts';

export const planetscale: Family = {
  name: 'planetscale',
  title: 'PlanetScale',
  source: 'https://planetscale.com/docs/concepts/service-tokens',
  words: ['planetscale'],
  rules: [
    { id: 'secret', keywords: ['pscale_'], pattern: /pscale_(?:tkn|oauth|pw|app)_[A-Za-z0-9=._-]{32,64}/ },
  ],
};
