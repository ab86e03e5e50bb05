import type { Family } from '../family.ts';

export const tenable: Family = {
  name: 'tenable',
  title: 'Tenable',
  source: 'https://developer.tenable.com/docs/authorization',
  words: ['tenable'],
  rules: [
    { id: 'keys', kind: 'key', keywords: ['accessKey=', 'accessKeys='], pattern: /accessKeys?=[a-f0-9]{64}; ?secretKeys?=(?<secret>[a-f0-9]{64})/ },
  ],
};
