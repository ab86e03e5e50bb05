import type { Family } from '../family.ts';

export const ory: Family = {
  name: 'ory',
  title: 'Ory',
  source: 'https://www.ory.sh/docs/',
  rules: [
    { id: 'token', keywords: ['ory_'], pattern: /ory_(?:pat|at|rt|ac|apikey|wak|st|lo)_[A-Za-z0-9_.-]{20,120}/ },
  ],
};
