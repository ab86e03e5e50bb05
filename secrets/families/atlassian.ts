import type { Family } from '../family.ts';

export const atlassian: Family = {
  name: 'atlassian',
  title: 'Atlassian',
  source: 'https://support.atlassian.com/atlassian-account/docs/manage-api-tokens-for-your-atlassian-account/',
  words: ['atlassian', 'jira', 'confluence', 'bitbucket', 'trello'],
  rules: [
    { id: 'api-token', keywords: ['ATATT3'], pattern: /ATATT3x[A-Za-z0-9_=\\%-]{80,300}/ },
    { id: 'bitbucket-app-password', kind: 'password', keywords: ['ATBB'], pattern: /ATBB[A-Za-z0-9_=.-]{28,80}/ },
    { id: 'bitbucket-access-token', keywords: ['ATCTT3'], pattern: /ATCTT3x[A-Za-z0-9_=\\%-]{80,300}/ },
    { id: 'oauth-secret', keywords: ['ATOA'], pattern: /ATOA[A-Za-z0-9_=.-]{50,200}/ },
    {
      id: 'server-token',
      keywords: ['jira', 'confluence', 'bitbucket'],
      near: [0, 80],
      pattern: /(?<![A-Za-z0-9+/])[MNO][A-Za-z0-9+/]{11,12}[A-Za-z0-9+/]{31}(?![A-Za-z0-9+/])/,
      checks: ['mixed'],
    },
  ],
};
