import type { Family } from '../family.ts';

export const runpod: Family = {
  name: 'runpod',
  title: 'RunPod',
  source: 'https://docs.runpod.io',
  words: ['runpod'],
  rules: [
    { id: 'key', kind: 'key', keywords: ['rpa_'], pattern: /rpa_[A-Z0-9]{30,50}[A-Za-z0-9]{0,10}/ },
  ],
};
