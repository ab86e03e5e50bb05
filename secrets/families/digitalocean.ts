import type { Family } from '../family.ts';

export const digitalocean: Family = {
  name: 'digitalocean',
  title: 'DigitalOcean',
  source: 'https://docs.digitalocean.com/reference/api/create-personal-access-token/',
  rules: [
    { id: 'token', keywords: ['dop_v1_', 'doo_v1_', 'dor_v1_'], pattern: /do[opr]_v1_[a-f0-9]{64}/ },
    { id: 'spaces-key', kind: 'key', keywords: ['DO00', 'DO80'], pattern: /DO(?:00|80)[A-Z0-9]{16}/ },
  ],
};
