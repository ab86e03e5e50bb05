import type { Family } from '../family.ts';

export const artifactory: Family = {
  name: 'artifactory',
  title: 'JFrog Artifactory',
  source: 'https://jfrog.com/help/r/jfrog-platform-administration-documentation/access-tokens',
  words: ['artifactory', 'jfrog'],
  rules: [
    { id: 'api-key', kind: 'key', keywords: ['AKCp'], pattern: /AKCp[A-Za-z0-9]{60,80}/ },
    { id: 'reference-token', keywords: ['cmVmdGtu'], pattern: /cmVmdGtuOj[A-Za-z0-9_-]{40,90}={0,2}/ },
  ],
};
