import type { Family } from '../family.ts';

/** URLs that let in whoever knows them: the secret is a part of the path. */
export const capabilityUrls: Family = {
  name: 'capability-url',
  title: 'URLs whose path is the secret',
  source: 'https://www.w3.org/TR/capability-urls/',
  rules: [
    {
      id: 'webhook',
      kind: 'webhook',
      keywords: ['/hook/', '/hooks/', '/webhook/', '/webhooks/'],
      near: [0, 220],
      pattern: /^\/(?:web)?hooks?\/(?:[a-z][\w-]{0,23}\/){0,3}(?<secret>[A-Za-z0-9_-]{20,100}(?:\/[A-Za-z0-9_-]{8,100})?)(?=["'`<>\\?#;,)&\s]|$)/,
      checks: ['random', 'not-file'],
    },
    {
      id: 'path-token',
      kind: 'key',
      keywords: ['/v1/', '/v2/', '/v3/', '/v4/'],
      near: [0, 120],
      pattern: /^\/v\d\/(?<secret>[A-Za-z0-9_-]{28,80})(?=["'`<>\\?#;,)&\s]|\/?$)/,
      checks: ['random', 'mixed-case', 'not-hex', 'letters-and-digits'],
    },
  ],
};
