import type { Family } from '../family.ts';

export const nvidia: Family = {
  name: 'nvidia',
  title: 'NVIDIA',
  source: 'https://docs.nvidia.com/ngc/ngc-overview/',
  words: ['nvapi'],
  rules: [
    { id: 'key', kind: 'key', keywords: ['nvapi-'], pattern: /nvapi-[A-Za-z0-9_-]{60,80}/ },
    {
      id: 'ngc-key',
      kind: 'key',
      keywords: ['ngc'],
      near: [0, 60],
      pattern: /(?<![A-Za-z0-9])[A-Za-z0-9]{84}(?![A-Za-z0-9=])/,
      checks: ['mixed'],
    },
  ],
};
