import type { Family } from '../family.ts';

export const logfire: Family = {
  name: 'logfire',
  title: 'Pydantic Logfire',
  source: 'https://logfire.pydantic.dev/docs/how-to-guides/create-write-tokens/',
  words: ['logfire'],
  rules: [
    { id: 'token', keywords: ['pylf_v'], pattern: /pylf_v\d_(?:[a-z]{2,8}_)?[A-Za-z0-9]{30,60}/ },
  ],
};
