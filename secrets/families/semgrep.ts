import type { Family } from '../family.ts';

export const semgrep: Family = {
  name: 'semgrep',
  title: 'Semgrep',
  source: 'https://semgrep.dev/docs',
  words: ['semgrep'],
};
