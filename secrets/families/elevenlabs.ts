import type { Family } from '../family.ts';

export const elevenlabs: Family = {
  name: 'elevenlabs',
  title: 'ElevenLabs',
  source: 'https://elevenlabs.io/docs/api-reference/authentication',
  words: ['elevenlabs'],
  rules: [
    { id: 'key', kind: 'key', keywords: ['sk_'], pattern: /sk_[a-f0-9]{48}/ },
  ],
};
