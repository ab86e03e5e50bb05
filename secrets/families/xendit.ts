import type { Family } from '../family.ts';

export const xendit: Family = {
  name: 'xendit',
  title: 'Xendit',
  source: 'https://docs.xendit.co',
  words: ['xendit'],
  rules: [
    { id: 'key', kind: 'key', keywords: ['xnd_'], pattern: /xnd_(?:production|development)_[A-Za-z0-9+/=]{30,80}/ },
  ],
};
