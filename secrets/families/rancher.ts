import type { Family } from '../family.ts';

export const rancher: Family = {
  name: 'rancher',
  title: 'Rancher',
  source: 'https://ranchermanager.docs.rancher.com',
  words: ['rancher'],
  rules: [
    { id: 'token', keywords: ['token-'], pattern: /token-[a-z0-9]{5}:[a-z0-9]{54}/ },
    { id: 'kubeconfig-token', keywords: ['kubeconfig-'], pattern: /kubeconfig-[a-z0-9-]{5,40}:[a-z0-9]{54}/ },
  ],
};
