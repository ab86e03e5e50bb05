import type { Family } from '../family.ts';

export const virustotal: Family = {
  name: 'virustotal',
  title: 'VirusTotal',
  source: 'https://docs.virustotal.com/reference/authentication',
  words: ['virustotal'],
};
