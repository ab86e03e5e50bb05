import type { Family } from '../family.ts';

export const nuget: Family = {
  name: 'nuget',
  title: 'NuGet',
  source: 'https://learn.microsoft.com/en-us/nuget/nuget-org/publish-a-package',
  words: ['nugetkey'],
  rules: [
    { id: 'key', kind: 'key', keywords: ['oy2'], pattern: /oy2[a-z0-9]{43}/ },
  ],
};
