import type { Family } from '../family.ts';

export const dependencyTrack: Family = {
  name: 'dependency-track',
  title: 'OWASP Dependency-Track',
  source: 'https://docs.dependencytrack.org',
  words: ['dependencytrack'],
  rules: [
    { id: 'key', kind: 'key', keywords: ['odt_'], pattern: /odt_[A-Za-z0-9_]{32,60}/ },
  ],
};
