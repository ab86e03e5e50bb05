import type { Family } from '../family.ts';

export const telnyx: Family = {
  name: 'telnyx',
  title: 'Telnyx',
  source: 'https://developers.telnyx.com/docs/overview',
  words: ['telnyx'],
  rules: [
    { id: 'key', kind: 'key', keywords: ['KEY0', 'KEYU'], pattern: /KEY[A-Za-z0-9]{8,40}(?:-[A-Za-z0-9]{4,40}|_[A-Za-z0-9]{20,40}){1,6}/ },
  ],
};
