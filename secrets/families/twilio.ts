import type { Family } from '../family.ts';

export const twilio: Family = {
  name: 'twilio',
  title: 'Twilio',
  source: 'https://www.twilio.com/docs/iam/api-keys',
  words: ['twilio'],
  rules: [
    { id: 'sid', kind: 'key', keywords: ['SK', 'AC'], pattern: /(?:SK|AC)(?:[a-f0-9]{32}|[A-F0-9]{32})(?![A-Za-z0-9])/ },
    { id: 'token', keywords: ['twilio'], near: [0, 80], pattern: /(?<![A-Za-z0-9])[a-f0-9]{32}(?![A-Za-z0-9])/ },
  ],
};
