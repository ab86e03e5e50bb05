import type { Family } from '../family.ts';

export const lark: Family = {
  name: 'lark',
  title: 'Lark and Feishu',
  source: 'https://open.larksuite.com/document',
  words: ['larksuite', 'feishu'],
  rules: [
    { id: 'token', keywords: ['t-g', 'u-g'], pattern: /[tu]-g[A-Za-z0-9_-]{24,60}/, checks: ['mixed'] },
  ],
};
