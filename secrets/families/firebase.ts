import type { Family } from '../family.ts';

export const firebase: Family = {
  name: 'firebase',
  title: 'Firebase Cloud Messaging',
  source: 'https://firebase.google.com/docs/cloud-messaging/auth-server',
  words: ['firebase'],
  rules: [
    { id: 'server-key', kind: 'key', keywords: ['AAAA'], pattern: /AAAA[A-Za-z0-9_-]{7}:APA91[A-Za-z0-9_-]{120,180}/ },
  ],
};
