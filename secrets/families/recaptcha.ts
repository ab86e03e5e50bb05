import type { Family } from '../family.ts';

export const recaptcha: Family = {
  name: 'recaptcha',
  title: 'reCAPTCHA',
  source: 'https://developers.google.com/recaptcha/docs/verify',
  words: ['recaptcha'],
  rules: [
    { id: 'secret', kind: 'key', keywords: ['6L'], pattern: /6L[a-zA-Z0-9_-]{6}AAAAA[A-Za-z0-9_-]{27}/ },
  ],
};
