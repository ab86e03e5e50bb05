import type { Family } from '../family.ts';

export const openvpn: Family = {
  name: 'openvpn',
  title: 'OpenVPN',
  source: 'https://openvpn.net/community-resources/',
  words: ['openvpn'],
  rules: [
    { id: 'cloud-id', keywords: ['cvpn'], pattern: /cvpn[A-Za-z0-9]{20,60}/ },
  ],
};
