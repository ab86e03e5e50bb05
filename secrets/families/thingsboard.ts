import type { Family } from '../family.ts';

export const thingsboard: Family = {
  name: 'thingsboard',
  title: 'ThingsBoard',
  source: 'https://thingsboard.io/docs/reference/http-api/',
  words: ['thingsboard', 'provisiondevice'],
  rules: [
    { id: 'device-token', keywords: ['/api/v1/'], pattern: /\/api\/v1\/(?<secret>[a-z0-9]{20})\/(?:telemetry|attributes|rpc|claim)/ },
  ],
};
