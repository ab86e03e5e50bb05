import type { Family } from '../family.ts';

export const gitlab: Family = {
  name: 'gitlab',
  title: 'GitLab',
  source: 'https://docs.gitlab.com/ee/security/tokens/#token-prefixes',
  rules: [
    {
      id: 'token',
      keywords: ['glpat-', 'gldt-', 'glrt-', 'glrtr-', 'glcbt-', 'glptt-', 'glft-', 'glimt-', 'glagent-', 'gloas-', 'glsoat-', 'glffct-', 'glwt-', 'glpt-'],
      pattern: /gl(?:pat|dt|rt|rtr|cbt|ptt|ft|imt|agent|oas|soat|ffct|wt|pt)-[A-Za-z0-9_.-]{16,300}/,
    },
    { id: 'runner-registration', keywords: ['GR1348941'], pattern: /GR1348941[A-Za-z0-9_-]{20,50}/ },
    { id: 'session-cookie', kind: 'cookie', keywords: ['_gitlab_session'], pattern: /_gitlab_session=(?<secret>[A-Za-z0-9]{32})/ },
  ],
};
