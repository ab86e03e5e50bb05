import type { Family } from '../family.ts';

export const dockerHub: Family = {
  name: 'docker-hub',
  title: 'Docker Hub',
  source: 'https://docs.docker.com/security/for-developers/access-tokens/',
  words: ['dockerhub'],
  rules: [
    { id: 'token', keywords: ['dckr_pat_', 'dckr_oat_'], pattern: /dckr_[po]at_[A-Za-z0-9_-]{24,40}/ },
    { id: 'swarm-token', keywords: ['SWMTKN-', 'SWMKEY-'], pattern: /SWM(?:TKN|KEY)-1-[A-Za-z0-9/+-]{40,100}/ },
  ],
};
