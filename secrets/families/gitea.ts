import type { Family } from '../family.ts';

export const gitea: Family = {
  name: 'gitea',
  title: 'Gitea and Forgejo',
  source: 'https://docs.gitea.com/development/oauth2-provider',
  words: ['gitea', 'forgejo'],
  rules: [
    { id: 'token', keywords: ['gta_', 'gto_'], pattern: /gt[ao]_[A-Za-z0-9]{40,60}/ },
  ],
};
