import type { Family } from '../family.ts';

export const svix: Family = {
  name: 'svix',
  title: 'Svix',
  source: 'https://docs.svix.com',
  words: ['svix'],
  rules: [
    { id: 'token', keywords: ['testsk_', 'sk_'], needs: '.', pattern: /(?:testsk|sk)_[A-Za-z0-9_-]{20,60}\.(?:us|eu)/ },
  ],
};
