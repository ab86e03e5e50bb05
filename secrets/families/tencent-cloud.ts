import type { Family } from '../family.ts';

export const tencentCloud: Family = {
  name: 'tencent-cloud',
  title: 'Tencent Cloud',
  source: 'https://www.tencentcloud.com/document/product/598',
  words: ['tencent'],
  rules: [
    { id: 'secret-id', kind: 'key', keywords: ['AKID'], pattern: /AKID[A-Za-z0-9]{32}(?![A-Za-z0-9])/ },
  ],
};
