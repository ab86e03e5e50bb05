import type { Family } from '../family.ts';

export const ramp: Family = {
  name: 'ramp',
  title: 'Ramp',
  source: 'https://docs.ramp.com/developer-api/v1/authorization',
  words: ['rampclient'],
  rules: [
    { id: 'client-secret', kind: 'key', keywords: ['ramp_sec_'], pattern: /ramp_sec_[A-Za-z0-9]{30,80}/ },
    { id: 'client-id', keywords: ['ramp_id_'], pattern: /ramp_id_[A-Za-z0-9]{30,80}/ },
  ],
};
