import type { Family } from '../family.ts';

export const pypi: Family = {
  name: 'pypi',
  title: 'PyPI',
  source: 'https://pypi.org/help/#apitoken',
  rules: [
    { id: 'token', keywords: ['pypi-AgE', 'pypi-AgN'], pattern: /pypi-Ag(?:EIcHlwaS5vcmc|ENdGVzdC5weXBpLm9yZw)[A-Za-z0-9_-]{50,1000}/ },
  ],
};
