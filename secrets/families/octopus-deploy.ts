import type { Family } from '../family.ts';

export const octopusDeploy: Family = {
  name: 'octopus-deploy',
  title: 'Octopus Deploy',
  source: 'https://octopus.com/docs/octopus-rest-api/how-to-create-an-api-key',
  words: ['octopusdeploy'],
  rules: [
    { id: 'key', kind: 'key', keywords: ['API-'], pattern: /(?<!\/)API-[A-Z0-9]{26,32}(?![A-Z0-9])/, checks: ['letters-and-digits'] },
  ],
};
