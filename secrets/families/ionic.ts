import type { Family } from '../family.ts';

export const ionic: Family = {
  name: 'ionic',
  title: 'Ionic',
  source: 'https://ionic.io/docs',
  rules: [
    { id: 'token', keywords: ['ionic'], near: [0, 60], pattern: /(?<![A-Za-z0-9])ion_[A-Za-z0-9]{42}/ },
  ],
};
