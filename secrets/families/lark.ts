import type { Family } from '../family.ts';

export const lark: Family = {
  name: 'lark',
  title: 'Lark and Feishu',
  source: 'https://open.larksuite.com/document',
  words: ['larksuite', 'feishu'],
  rules: [
    { id: 'token', keywords: ['lark', 'feishu'], near: [0, 80], pattern: /(?<![A-Za-z0-9])[tu]-[A-Za-z0-9_-]{20,60}/, checks: ['mixed'] },
  ],
};
