import type { Family } from '../family.ts';

export const fireworks: Family = {
  name: 'fireworks',
  title: 'Fireworks AI',
  source: 'https://docs.fireworks.ai',
  words: ['fireworksai'],
  rules: [
    { id: 'key', kind: 'key', keywords: ['fw_'], pattern: /fw_[A-Za-z0-9]{22,40}/, checks: ['letters-and-digits'] },
  ],
};
