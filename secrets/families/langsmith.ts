import type { Family } from '../family.ts';

export const langsmith: Family = {
  name: 'langsmith',
  title: 'LangSmith',
  source: 'https://docs.smith.langchain.com',
  words: ['langsmith'],
  rules: [
    { id: 'key', kind: 'key', keywords: ['lsv2_', 'ls__'], pattern: /lsv2_(?:pt|sk)_[a-f0-9]{32}_[a-f0-9]{10}|ls__[a-z0-9]{32}/ },
  ],
};
