import type { Family } from '../family.ts';

export const jenkins: Family = {
  name: 'jenkins',
  title: 'Jenkins',
  source: 'https://www.jenkins.io/doc/book/system-administration/authenticating-scripted-clients/',
  words: ['jenkins'],
  rules: [
    { id: 'crumb', keywords: ['jenkins-crumb', 'crumb'], near: [0, 40], pattern: /(?<![a-f0-9])[a-f0-9]{64}(?![a-f0-9])/ },
    { id: 'api-token', keywords: ['jenkins'], near: [0, 80], pattern: /(?<![a-f0-9])11[a-f0-9]{32}(?![a-f0-9])/ },
  ],
};
