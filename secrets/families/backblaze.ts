import type { Family } from '../family.ts';

export const backblaze: Family = {
  name: 'backblaze',
  title: 'Backblaze B2',
  source: 'https://www.backblaze.com/docs/cloud-storage-application-keys',
  words: ['backblaze'],
  rules: [
    { id: 'application-key', kind: 'key', keywords: ['K001', 'K002', 'K003', 'K004', 'K005'], pattern: /K00[1-5][A-Za-z0-9+/]{27}/, checks: ['mixed'] },
  ],
};
