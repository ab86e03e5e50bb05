import type { Family } from '../family.ts';

export const github: Family = {
  name: 'github',
  title: 'GitHub',
  source: 'https://docs.github.com/en/authentication/keeping-your-account-and-data-secure/about-authentication-to-github#githubs-token-formats',
  words: ['ghtoken'],
  rules: [
    { id: 'token', keywords: ['ghp_', 'gho_', 'ghu_', 'ghs_', 'ghr_'], pattern: /gh[pousr]_[A-Za-z0-9_]{36,255}/ },
    { id: 'fine-grained-token', keywords: ['github_pat_'], pattern: /github_pat_[A-Za-z0-9_]{60,255}/ },
    {
      id: 'old-token',
      keywords: ['github', 'ghub', 'gh_'],
      near: [0, 60],
      pattern: /(?<![A-Za-z0-9/@#:.-])(?:v1\.)?[a-f0-9]{40}(?![A-Za-z0-9])/,
      checks: ['named-secret'],
    },
  ],
};
