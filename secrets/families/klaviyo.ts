import type { Family } from '../family.ts';

export const klaviyo: Family = {
  name: 'klaviyo',
  title: 'Klaviyo',
  source: 'https://developers.klaviyo.com/en/docs/authenticate_',
  words: ['klaviyo'],
  rules: [
    { id: 'private-key', kind: 'key', keywords: ['pk_'], pattern: /pk_[A-Za-z0-9]{34}/, checks: ['letters-and-digits'] },
  ],
};
