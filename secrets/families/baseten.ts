import type { Family } from '../family.ts';

export const baseten: Family = {
  name: 'baseten',
  title: 'Baseten',
  source: 'https://docs.baseten.co',
  words: ['baseten'],
  rules: [
    {
      id: 'key',
      kind: 'key',
      keywords: ['baseten'],
      near: [0, 60],
      pattern: /(?<![A-Za-z0-9])[A-Za-z0-9]{8}\.[A-Za-z0-9]{32}(?![A-Za-z0-9])/,
    },
  ],
};
