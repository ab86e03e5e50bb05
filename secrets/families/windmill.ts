import type { Family } from '../family.ts';

export const windmill: Family = {
  name: 'windmill',
  title: 'Windmill',
  source: 'https://www.windmill.dev/docs/core_concepts/authentification',
  words: ['windmilltoken'],
};
