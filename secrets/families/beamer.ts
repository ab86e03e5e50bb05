import type { Family } from '../family.ts';

export const beamer: Family = {
  name: 'beamer',
  title: 'Beamer',
  source: 'https://www.getbeamer.com/docs/',
  words: ['beamer'],
  rules: [
    { id: 'token', keywords: ['beamer'], near: [0, 60], pattern: /(?<![A-Za-z0-9])b_[A-Za-z0-9=_-]{44,48}/, checks: ['mixed'] },
  ],
};
