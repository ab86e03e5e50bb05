import type { Family } from '../family.ts';

export const wakatime: Family = {
  name: 'wakatime',
  title: 'WakaTime',
  source: 'https://wakatime.com/developers#authentication',
  words: ['wakatime'],
  rules: [
    { id: 'key', kind: 'key', keywords: ['waka_', 'sec_'], pattern: /waka_(?:tok_|sec_|ref_)?[A-Za-z0-9-]{32,90}|sec_[A-Za-z0-9]{80}/ },
  ],
};
