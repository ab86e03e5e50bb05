import type { Family } from '../family.ts';

export const volcengine: Family = {
  name: 'volcengine',
  title: 'Volcengine',
  source: 'https://www.volcengine.com/docs',
  words: ['volcengine'],
  rules: [
    { id: 'access-key', kind: 'key', keywords: ['AKLT'], pattern: /AKLT[A-Za-z0-9+/]{30,60}={0,2}/ },
  ],
};
