import type { Family } from '../family.ts';

export const alibaba: Family = {
  name: 'alibaba',
  title: 'Alibaba Cloud',
  source: 'https://www.alibabacloud.com/help/en/ram/user-guide/create-an-accesskey-pair',
  words: ['alibaba', 'aliyun'],
  rules: [
    { id: 'access-key-id', kind: 'key', keywords: ['LTAI'], pattern: /LTAI[A-Za-z0-9]{12,26}/, checks: ['letters-and-digits'] },
    { id: 'sts-access-key-id', kind: 'key', keywords: ['STS.'], pattern: /STS\.[A-Za-z0-9]{20,40}/ },
    {
      id: 'secret-key',
      kind: 'key',
      keywords: ['alibaba', 'aliyun', 'ltai'],
      near: [0, 120],
      pattern: /(?<![A-Za-z0-9])[A-Za-z0-9]{30}(?![A-Za-z0-9])/,
      checks: ['mixed'],
    },
  ],
};
