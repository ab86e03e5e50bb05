import type { Family } from '../family.ts';

export const lambdaLabs: Family = {
  name: 'lambda-labs',
  title: 'Lambda',
  source: 'https://docs.lambda.ai',
  words: ['lambdalabs'],
  rules: [
    { id: 'key', kind: 'key', keywords: ['secret_'], pattern: /secret_[a-z0-9-]{8,80}_[a-f0-9]{32}\.[A-Za-z0-9]{32}/ },
  ],
};
