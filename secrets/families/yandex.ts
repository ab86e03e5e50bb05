import type { Family } from '../family.ts';

export const yandex: Family = {
  name: 'yandex',
  title: 'Yandex Cloud',
  source: 'https://yandex.cloud/en/docs/iam/concepts/',
  words: ['yandex'],
  rules: [
    { id: 'api-key', kind: 'key', keywords: ['AQVN'], pattern: /AQVN[A-Za-z0-9_-]{35,40}/ },
    { id: 'iam-token', keywords: ['t1.'], pattern: /t1\.[A-Z0-9a-z_-]{1,400}={0,2}\.[A-Z0-9a-z_-]{86}={0,2}/ },
    { id: 'oauth-token', keywords: ['y0_'], pattern: /y[0-6]_[A-Za-z0-9_-]{50,70}/ },
    {
      id: 'access-key',
      kind: 'key',
      keywords: ['yandex', 'yc_'],
      near: [0, 60],
      pattern: /(?<![A-Za-z0-9_-])YC[A-Za-z0-9_-]{38}(?![A-Za-z0-9_-])/,
      checks: ['mixed'],
    },
    {
      id: 'dictionary-key',
      kind: 'key',
      keywords: ['dict.1.1.', 'trnsl.1.1.', 'pdct.1.1.'],
      pattern: /(?:dict|trnsl|pdct)\.1\.1\.\d{8}T\d{6}Z\.[a-f0-9]{16}\.[a-f0-9]{40}/,
    },
  ],
};
