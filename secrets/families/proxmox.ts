import type { Family } from '../family.ts';

export const proxmox: Family = {
  name: 'proxmox',
  title: 'Proxmox VE',
  source: 'https://pve.proxmox.com/wiki/Proxmox_VE_API#API_Tokens',
  words: ['proxmox'],
  rules: [
    { id: 'api-token', keywords: ['PVEAPIToken'], pattern: /PVEAPIToken[= ][\w.@-]{3,80}![\w.-]{1,60}=(?<secret>[a-f0-9-]{36})/ },
  ],
};
