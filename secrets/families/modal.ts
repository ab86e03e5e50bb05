import type { Family } from '../family.ts';

export const modal: Family = {
  name: 'modal',
  title: 'Modal',
  source: 'https://modal.com/docs',
  rules: [
    { id: 'token', keywords: ['ak-', 'as-'], pattern: /a[ks]-[A-Za-z0-9]{22}/, checks: ['mixed'] },
  ],
};
