import type { Family } from '../family.ts';

export const harness: Family = {
  name: 'harness',
  title: 'Harness',
  source: 'https://developer.harness.io/docs/platform/automation/api/add-and-manage-api-keys',
  words: ['harness'],
  rules: [
    { id: 'token', keywords: ['pat.', 'sat.'], pattern: /[ps]at\.[A-Za-z0-9_-]{22}\.[A-Za-z0-9]{20,32}\.[A-Za-z0-9]{20}/ },
  ],
};
