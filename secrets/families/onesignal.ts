import type { Family } from '../family.ts';

export const onesignal: Family = {
  name: 'onesignal',
  title: 'OneSignal',
  source: 'https://documentation.onesignal.com/docs/en/keys-and-ids',
  words: ['onesignal'],
  rules: [
    { id: 'key', kind: 'key', keywords: ['os_v2_'], pattern: /os_v2_(?:app|org)_[a-z2-7]{60,120}/ },
  ],
};
