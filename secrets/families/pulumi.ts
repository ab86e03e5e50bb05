import type { Family } from '../family.ts';

export const pulumi: Family = {
  name: 'pulumi',
  title: 'Pulumi Cloud',
  source: 'https://www.pulumi.com/docs/pulumi-cloud/access-management/access-tokens/',
  rules: [
    { id: 'token', keywords: ['pul-'], pattern: /pul-[a-f0-9]{40}/ },
  ],
};
