import type { Family } from '../family.ts';

export const facebook: Family = {
  name: 'facebook',
  title: 'Facebook and Instagram',
  source: 'https://developers.facebook.com/docs/facebook-login/guides/access-tokens/',
  words: ['facebook', 'instagram', 'whatsapp'],
  rules: [
    { id: 'access-token', keywords: ['EAA'], pattern: /EAA[A-Za-z0-9]{2,6}[A-Za-z0-9%_-]{40,400}/, checks: ['mixed'] },
    {
      id: 'app-token',
      keywords: ['|'],
      near: [20, 60],
      pattern: /(?<!\d)\d{13,17}(?:\||%7[Cc])(?:[A-Za-z0-9_-]{27}|[a-f0-9]{32})(?![A-Za-z0-9_-])/,
    },
    { id: 'instagram-token', keywords: ['IGQV', 'IGAA'], pattern: /IG(?:QV|AA)[A-Za-z0-9_-]{60,400}/ },
  ],
};
